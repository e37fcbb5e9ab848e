namespace BdSync.Packaging.Tests.Debian;

[Collection(DebianPackagesGroup.Name)]
public class DebianPackageTests(DebianPackages packages)
{
    private const string Documentation = $"./usr/share/doc/{DebianPackages.Name}/";

    private static readonly string[] Files =
    [
        "./etc/bdsync/",
        "./usr/lib/systemd/system/bdsync@.service",
        "./usr/lib/systemd/system/bdsync@.timer",
        "./usr/bin/bdsync",
        "./usr/bin/bdsync-manager -> bdsync",
        "./usr/share/bash-completion/completions/bdsync",
        "./usr/share/bash-completion/completions/bdsync-manager -> bdsync",
        "./usr/share/fish/vendor_completions.d/bdsync.fish",
        "./usr/share/fish/vendor_completions.d/bdsync-manager.fish -> bdsync.fish",
        $"./usr/share/lintian/overrides/{DebianPackages.Name}",
        "./usr/share/man/man1/bdsync-manager.1.gz -> bdsync-run.1.gz",
        "./usr/share/man/man1/bdsync-run.1.gz",
        "./usr/share/man/man1/bdsync.1.gz",
        "./usr/share/man/man5/bdsync.conf.5.gz",
        "./usr/share/zsh/vendor-completions/_bdsync",
        $"{Documentation}CHANGELOG.md.gz",
        $"{Documentation}changelog.gz",
        $"{Documentation}copyright",
        $"{Documentation}dotnet-third-party-notices.gz",
        $"{Documentation}examples/bdsync.conf",
        $"{Documentation}sbom.cdx.json",
    ];

    [Theory]
    [InlineData("amd64")]
    [InlineData("arm64")]
    public async Task Lintian_finds_nothing_to_object_to(string architecture)
    {
        var (status, output, error) = await Command.Here.TryAsync("lintian", "--allow-root", "--fail-on", "error,warning", packages.GetPackage(architecture));
        Assert.True(status == 0, output + error);
    }

    [Theory]
    [InlineData("amd64")]
    [InlineData("arm64")]
    public async Task Everything_is_in_it_and_belongs_to_root(string architecture)
    {
        var lines = (await Command.Here.RunAsync("dpkg-deb", "--contents", packages.GetPackage(architecture))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Empty(Files.Except(lines.Select(line => line[line.IndexOf("./", StringComparison.Ordinal)..])));
        Assert.All(lines, line => Assert.Contains(" root/root ", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Matches("^(drwxr-xr-x|-rw-r--r--|-rwxr-xr-x.*/usr/bin/bdsync$|lrwxrwxrwx)", line));
    }

    [Theory]
    [InlineData("amd64")]
    [InlineData("arm64")]
    public async Task Its_fields_say_what_it_needs_and_replaces(string architecture)
    {
        var package = packages.GetPackage(architecture);
        Assert.Equal(architecture, await GetFieldAsync(package, "Architecture"));
        Assert.Matches(@"^libc6 \(>= 2\.\d+\), libssl3 \| libssl3t64$", await GetFieldAsync(package, "Depends"));
        Assert.Equal("openssh-client", await GetFieldAsync(package, "Recommends"));
        foreach (var field in (string[])["Provides", "Conflicts", "Replaces"])
        {
            Assert.Equal("bdsync", await GetFieldAsync(package, field));
        }
    }

    [Fact]
    public async Task The_manual_pages_render_without_warnings()
    {
        using var unpacked = await UnpackedPackage.OpenAsync(packages.GetPackage("amd64"));
        foreach (var page in Directory.GetFiles(unpacked.GetPath("usr/share/man"), "*.gz", SearchOption.AllDirectories))
        {
            var (status, output, error) = await Command.Here.TryAsync("man", "--warnings", "--local-file", page);
            Assert.True(status == 0 && error.Length == 0, page + error);
            Assert.Contains("bdsync", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Systemd_accepts_the_units()
    {
        using var unpacked = await UnpackedPackage.OpenAsync(packages.GetPackage("amd64"));
        var units = unpacked.GetPath("usr/lib/systemd/system");

        // What the units refer to.
        foreach (var name in (string[])["sysinit", "basic", "shutdown", "timers", "time-sync", "time-set", "network-online", "remote-fs", "local-fs"])
        {
            await File.WriteAllTextAsync(Path.Combine(units, $"{name}.target"), "[Unit]\nDescription=A target\n", TestContext.Current.CancellationToken);
        }

        var (status, output, error) = await Command.Here.TryAsync("systemd-analyze", "verify", $"--root={unpacked.Root}", "--man=no", "bdsync@nightly.service", "bdsync@nightly.timer");
        Assert.True(status == 0 && error.Length == 0, output + error);
    }

    [Fact]
    public async Task The_sample_configuration_is_valid_where_its_devices_are()
    {
        using var unpacked = await UnpackedPackage.OpenAsync(packages.GetPackage("amd64"));
        var (_, output, error) = await Command.Here.TryAsync(unpacked.GetPath("usr/bin/bdsync"), "tasks", "--check", "--config", unpacked.GetPath($"usr/share/doc/{DebianPackages.Name}/examples/bdsync.conf"));
        Assert.All((output + error).Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("does not exist|/sbin/lvm", line));
    }

    [Fact]
    public async Task The_checksums_are_those_of_all_files()
    {
        var sums = await File.ReadAllLinesAsync(Path.Combine(packages.Folder, "SHA256SUMS"), TestContext.Current.CancellationToken);
        Assert.Equal(Directory.GetFiles(packages.Folder).Select(file => Path.GetFileName(file)).Except(["SHA256SUMS"]).Order(StringComparer.Ordinal), sums.Select(line => line[66..]));
        await Command.Here.RunAsync("env", "-C", packages.Folder, "sha256sum", "--check", "--strict", "SHA256SUMS");
    }

    private static async Task<string> GetFieldAsync(string package, string field) => (await Command.Here.RunAsync("dpkg-deb", "--field", package, field)).Trim();
}
