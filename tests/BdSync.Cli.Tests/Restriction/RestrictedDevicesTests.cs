using System.Text;
using BdSync.Cli.Restriction;
using BdSync.Protocol;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Restriction;

public sealed class RestrictedDevicesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public RestrictedDevicesTests()
    {
        folder.CreateFile("good.img", "good"u8);
        folder.CreateFile("secret", "secret"u8);
        Directory.CreateDirectory(folder.GetPath("folder.img"));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_allowed_is_opened_under_its_own_name()
    {
        using var device = Create().OpenRead(folder.GetPath("good.img"), direct: false);
        Assert.Equal((folder.GetPath("good.img"), 4), (device.Name, device.Length));
        using var target = Create().OpenWrite(folder.GetPath("good.img"), force: false, direct: false);
        target.Write(0, "GOOD"u8);
        Assert.Equal("GOOD", File.ReadAllText(folder.GetPath("good.img")));
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("folder.img")]
    [InlineData("../{name}/good.img")]
    [InlineData("./good.img")]
    [InlineData("/good.img")]
    [InlineData("good.img/")]
    [InlineData("good.img/.")]
    [InlineData("GOOD.IMG")]
    [InlineData("folder.img/../secret")]
    [InlineData("good.img\0")]
    [InlineData("secret\0.img")]
    [InlineData("\uFFFD\uFFFD/../secret")]
    public void Another_path_is_refused(string name) => ShouldBeRefused(folder.FullPath + "/" + name.Replace("{name}", Path.GetFileName(folder.FullPath), StringComparison.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("good.img")]
    [InlineData("/etc/passwd")]
    [InlineData("/dev/null")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/fd/3")]
    [InlineData("/dev/stdin")]
    [InlineData("/proc/self/fd/0")]
    [InlineData("/proc/self/mem")]
    [InlineData("~/good.img")]
    public void A_path_elsewhere_is_refused(string path) => ShouldBeRefused(path);

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/fd/0")]
    [InlineData("/dev/stdin")]
    [InlineData("/proc/self/exe")]
    [InlineData("/proc/self/root/etc/passwd")]
    public void What_is_no_device_is_refused_even_where_a_pattern_has_it(string path) =>
        Assert.Throws<RestrictionException>(() => Create(path).OpenRead(path, direct: false));

    [Fact]
    public void A_very_long_path_is_refused() => ShouldBeRefused(folder.GetPath(new string('a', 1024 * 1024) + ".img"));

    [Fact]
    public void Symbolic_links_are_refused_also_in_folders()
    {
        File.CreateSymbolicLink(folder.GetPath("link.img"), folder.GetPath("secret"));
        File.CreateSymbolicLink(folder.GetPath("same.img"), folder.GetPath("good.img"));
        ShouldBeRefused(folder.GetPath("link.img"));
        ShouldBeRefused(folder.GetPath("same.img"));

        using var other = new TemporaryFolder();
        other.CreateFile("other.img", "secret"u8);
        File.CreateSymbolicLink(folder.GetPath("sub"), other.FullPath);
        Assert.Throws<RestrictionException>(() => Create($"{folder.FullPath}/sub/*.img").OpenRead(folder.GetPath("sub/other.img"), direct: false));
    }

    [Fact]
    public void A_named_pipe_is_refused_without_waiting_for_it()
    {
        Assert.Equal(0, Commands.BdSyncProgram.RunShell($"mkfifo '{folder.GetPath("pipe.img")}'").ExitCode);
        ShouldBeRefused(folder.GetPath("pipe.img"));
    }

    [Fact]
    public void What_may_be_read_may_not_be_written()
    {
        var devices = new RestrictedDevices(new() { Read = [PathPattern.Parse(folder.GetPath("*.img"))] }, _ => { });
        devices.OpenRead(folder.GetPath("good.img"), direct: false).Dispose();
        Assert.Throws<RestrictionException>(() => devices.OpenWrite(folder.GetPath("good.img"), force: false, direct: false));
    }

    [Fact]
    public void Nothing_is_created()
    {
        var exception = Assert.Throws<DeviceException>(() => Create().OpenWrite(folder.GetPath("new.img"), force: false, direct: false));
        Assert.Equal(BdSyncExitStatus.Device, exception.ExitStatus);
        Assert.False(File.Exists(folder.GetPath("new.img")));
    }

    [Fact]
    public void A_target_is_made_empty_for_its_owner_and_never_over_anything()
    {
        Create().Create(folder.GetPath("new.img"));
        Assert.Empty(File.ReadAllBytes(folder.GetPath("new.img")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.GetPath("new.img")));

        Create().Create(folder.GetPath("good.img"));
        Assert.Equal("good", File.ReadAllText(folder.GetPath("good.img")));
    }

    [Fact]
    public void A_target_is_made_only_where_writing_is_allowed()
    {
        using var other = new TemporaryFolder();
        File.CreateSymbolicLink(folder.GetPath("link"), other.FullPath);
        File.CreateSymbolicLink(folder.GetPath("dangling.img"), other.GetPath("made"));

        foreach (var name in (string[])["new.txt", "../new.img", "link/new.img", "folder.img/new.img"])
        {
            Assert.Throws<RestrictionException>(() => Create().Create(folder.FullPath + "/" + name));
        }

        Assert.Throws<RestrictionException>(() => Create($"{folder.FullPath}/link/*.img").Create(folder.GetPath("link/new.img")));
        Assert.Throws<RestrictionException>(() => Create("/dev/bdsync-test-*").Create("/dev/bdsync-test-new"));
        Assert.Throws<RestrictionException>(() => new RestrictedDevices(new() { Read = [PathPattern.Parse(folder.GetPath("*.img"))] }, _ => { }).Create(folder.GetPath("new.img")));
        Assert.Throws<DeviceException>(() => Create($"{folder.FullPath}/nowhere/*.img").Create(folder.GetPath("nowhere/new.img")));
        Create().Create(folder.GetPath("dangling.img"));

        Assert.Empty(Directory.GetFileSystemEntries(other.FullPath));
        Assert.False(Path.Exists("/dev/bdsync-test-new"));
        Assert.False(Path.Exists(folder.GetPath("new.img")));
    }

    [Fact]
    public async Task A_link_that_is_swapped_meanwhile_leads_nowhere()
    {
        var path = folder.GetPath("swapped.img");
        using var ended = new CancellationTokenSource();
        var swapping = Task.Run(
            () =>
            {
                while (!ended.IsCancellationRequested)
                {
                    File.WriteAllText(path + "1", "good");
                    File.Move(path + "1", path, overwrite: true);
                    File.CreateSymbolicLink(path + "2", folder.GetPath("secret"));
                    File.Move(path + "2", path, overwrite: true);
                }
            },
            TestContext.Current.CancellationToken);
        const int wanted = 200;
        var (opened, refused) = (0, 0);
        for (var start = Environment.TickCount64; (opened < wanted || refused < wanted) && Environment.TickCount64 - start < 120_000;)
        {
            try
            {
                using var device = Create().OpenWrite(path, force: false, direct: false);
                var content = new byte[6];
                Assert.Equal("good", Encoding.UTF8.GetString(content, 0, device.Read(0, content)));
                opened++;
            }
            catch (RestrictionException)
            {
                refused++;
            }
            catch (DeviceException)
            {
                // Nothing was there yet.
            }
        }

        await ended.CancelAsync();
        await swapping;
        Assert.True(opened >= wanted && refused >= wanted, $"It was opened {opened} times and refused {refused} times.");
        Assert.Equal("secret", File.ReadAllText(folder.GetPath("secret")));
    }

    private RestrictedDevices Create(string? pattern = null) => new(new() { Write = [PathPattern.Parse(pattern ?? folder.GetPath("*.img"))] }, _ => { });

    private void ShouldBeRefused(string path)
    {
        Assert.Throws<RestrictionException>(() => Create().OpenRead(path, direct: false));
        Assert.Throws<RestrictionException>(() => Create().OpenWrite(path, force: false, direct: false));
    }
}
