namespace BdSync.Packaging.Tests.Debian;

[Collection(DebianPackagesGroup.Name)]
public class InstallationTests(DebianPackages packages)
{
    [Fact]
    public async Task It_is_installed_used_and_purged_without_a_trace()
    {
        var package = packages.GetPackage("amd64");
        using var system = await DebianSystem.CreateAsync();
        var before = system.List().ToArray();
        await system.InstallAsync(package);

        var source = Path.Combine(system.Root, "tmp/source");
        var target = Path.Combine(system.Root, "tmp/target");
        var data = new byte[3_000_000];
        new Random(1).NextBytes(data);
        await File.WriteAllBytesAsync(source, data, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(target, new byte[data.Length], TestContext.Current.CancellationToken);
        const string synchronise = "bdsync --hash=sha256 'bdsync --server' /tmp/source /tmp/target > /tmp/patch && bdsync --patch < /tmp/patch";
        await ExpectAsync(system, "/bin/sh", "-c", synchronise);
        Assert.Equal(data, await File.ReadAllBytesAsync(target, TestContext.Current.CancellationToken));

        var help = await ExpectAsync(system, "bdsync-manager", "--help");
        Assert.Contains("--config", help, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(target, new byte[data.Length], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(system.Root, "etc/bdsync/nightly.conf"),
            "[data]\nsource_path = /tmp/source\ntarget_path = /tmp/target\ntarget_patch_dir = /tmp\n",
            TestContext.Current.CancellationToken);
        await ExpectAsync(system, "bdsync", "run", "--config", "/etc/bdsync/nightly.conf");
        Assert.Equal(data, await File.ReadAllBytesAsync(target, TestContext.Current.CancellationToken));
        Assert.NotEmpty(Directory.GetFileSystemEntries(Path.Combine(system.Root, "var/lib/bdsync")));

        foreach (var path in (string[])["etc/bdsync/nightly.conf", "tmp/source", "tmp/target", "tmp/patch"])
        {
            File.Delete(Path.Combine(system.Root, path));
        }

        await system.PurgeAsync(DebianPackages.Name);
        Assert.Equal(before, system.List());
    }

    [Fact]
    public async Task It_takes_the_place_of_a_package_called_bdsync_and_gives_it_back()
    {
        var package = packages.GetPackage("amd64");
        using var system = await DebianSystem.CreateAsync();
        var other = await system.MakePackageAsync("bdsync", "0.11.2-1", "usr/bin/bdsync");
        await system.InstallAsync(other);
        Assert.Equal("another\n", await ExpectAsync(system, "bdsync"));

        // The other one goes first.
        var (status, _, error) = await system.TryInstallAsync(package);
        Assert.True(status == 0, error);
        Assert.Contains("BdSync for .NET", await ExpectAsync(system, "bdsync", "--version"), StringComparison.Ordinal);

        (status, _, error) = await system.TryInstallAsync(other);
        Assert.NotEqual(0, status);
        Assert.Contains("conflict", error, StringComparison.Ordinal);
        Assert.Contains("BdSync for .NET", await ExpectAsync(system, "bdsync", "--version"), StringComparison.Ordinal);

        await system.PurgeAsync(DebianPackages.Name);
        await system.InstallAsync(other);
        Assert.Equal("another\n", await ExpectAsync(system, "bdsync"));
    }

    private static async Task<string> ExpectAsync(DebianSystem system, params string[] words)
    {
        var (status, output, error) = await system.RunAsync(words);
        Assert.True(status == 0, $"{string.Join(' ', words)} ended with {status}: {output}{error}");
        return output;
    }
}
