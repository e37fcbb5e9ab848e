using BdSync.TestUtilities;

namespace BdSync.Packaging.Tests.Debian;

[Collection(DebianPackagesGroup.Name)]
public class ForeignProgramTests(DebianPackages packages)
{
    [Fact]
    public async Task The_program_for_arm64_brings_a_file_up_to_date_in_an_emulator()
    {
        const string libraries = "/usr/aarch64-linux-gnu";
        TestEnvironment.Require(Directory.Exists(libraries), $"There is no {libraries} (Debian: libc6-arm64-cross).");
        using var unpacked = await UnpackedPackage.OpenAsync(packages.GetPackage("arm64"));
        using var folder = new TemporaryFolder();
        var data = new byte[5_000_000];
        new Random(1).NextBytes(data);
        var source = folder.CreateFile("source", data);
        var target = folder.CreateFile("target", new byte[data.Length]);

        await Command.Here.RunAsync("qemu-aarch64", "-L", libraries, unpacked.GetPath("usr/bin/bdsync"), "--local", "--apply", source, target);

        Assert.Equal(data, await File.ReadAllBytesAsync(target, TestContext.Current.CancellationToken));
    }
}
