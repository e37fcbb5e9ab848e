using BdSync.Protocol.Devices;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Devices;

/// <summary>Files and /dev/null as devices. (Block devices need root: the tests of the program have them.)</summary>
public sealed class LocalDeviceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void File_is_read_anywhere()
    {
        using var device = LocalDevice.Open(folder.CreateFile("device", [1, 2, 3, 4, 5]));
        var buffer = new byte[3];
        Assert.Equal(5, device.Length);
        Assert.Equal(3, device.Read(0, buffer));
        Assert.Equal([1, 2, 3], buffer);
        Assert.Equal(2, device.Read(3, buffer));
        Assert.Equal([4, 5], buffer[..2]);
        Assert.Equal(0, device.Read(5, buffer));
        Assert.Equal(0, device.Read(1000, buffer));
    }

    [Fact]
    public void What_lies_behind_the_end_is_padded_with_zeros()
    {
        using var device = LocalDevice.Open(folder.CreateFile("device", [1, 2, 3, 4, 5]));
        byte[] buffer = [9, 9, 9];
        device.ReadPadded(4, buffer);
        Assert.Equal([5, 0, 0], buffer);
        buffer = [9, 9, 9];
        device.ReadPadded(long.MaxValue - 3, buffer);
        Assert.Equal([0, 0, 0], buffer);
    }

    [Fact]
    public void Null_device_is_empty()
    {
        using var device = LocalDevice.Open("/dev/null");
        Assert.Equal(0, device.Length);
        Assert.Equal("/dev/null", device.Name);
        Assert.Equal(0, device.Read(0, new byte[10]));
        device.DropCache(new(0, 10));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/no/such/device")]
    [InlineData("/dev/zero")]
    [InlineData("/dev")]
    [InlineData("/dev/null\0")]
    public void What_is_no_device_ends_with_12(string path)
    {
        Assert.Equal(BdSyncExitStatus.Device, Assert.Throws<DeviceException>(() => LocalDevice.Open(path)).ExitStatus);
        Assert.Equal(BdSyncExitStatus.Device, Assert.Throws<DeviceException>(() => WritableLocalDevice.Open(path)).ExitStatus);
    }

    [Fact]
    public void Named_pipe_ends_with_12_and_is_not_waited_for()
    {
        var path = folder.GetPath("pipe");
        using (var command = System.Diagnostics.Process.Start("mkfifo", [path]))
        {
            command.WaitForExit();
        }

        Assert.Contains("named pipe", Assert.Throws<DeviceException>(() => LocalDevice.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_is_written_anywhere_within_its_size()
    {
        var path = folder.CreateFile("device", new byte[5]);
        using (var device = WritableLocalDevice.Open(path))
        {
            device.Write(3, [1, 2]);
            var error = Assert.Throws<DeviceException>(() => device.Write(4, [1, 2]));
            Assert.Equal(BdSyncExitStatus.Write, error.ExitStatus);
            Assert.Throws<DeviceException>(() => device.Write(-1, [1]));
            Assert.Throws<DeviceException>(() => device.Write(long.MaxValue, [1]));
            device.Flush();
        }

        Assert.Equal([0, 0, 0, 1, 2], File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(1_000_000)]
    public void File_takes_another_size(int length)
    {
        var path = folder.CreateFile("device", [1, 2, 3, 4, 5]);
        using (var device = WritableLocalDevice.Open(path))
        {
            device.SetLength(length);
            Assert.Equal(length, device.Length);
        }

        Assert.Equal([.. new byte[] { 1, 2, 3, 4, 5 }.Take(length), .. new byte[Math.Max(length - 5, 0)]], File.ReadAllBytes(path));
    }

    [Fact]
    public void File_that_can_not_be_so_large_keeps_its_size()
    {
        var path = folder.CreateFile("device", [1, 2, 3]);
        using (var device = WritableLocalDevice.Open(path))
        {
            Assert.Equal(BdSyncExitStatus.SizeMismatch, Assert.Throws<SizeMismatchException>(() => device.SetLength(long.MaxValue)).ExitStatus);
            Assert.Equal(3, device.Length);
        }

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    [Fact]
    public void Null_device_can_not_be_resized()
    {
        using var device = WritableLocalDevice.Open("/dev/null");
        Assert.Throws<SizeMismatchException>(() => device.SetLength(1));
    }
}
