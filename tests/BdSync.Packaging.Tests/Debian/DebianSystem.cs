using BdSync.TestUtilities;

namespace BdSync.Packaging.Tests.Debian;

/// <summary>
/// The root of a small Debian system: a package database of its own, busybox for the maintainer scripts, and this machine's libraries under the names and
/// versions of the packages that they are from. dpkg and programs run in it as on a machine.
/// </summary>
internal sealed class DebianSystem : IDisposable
{
    private const string Libraries = "usr/lib/x86_64-linux-gnu";
    private readonly TemporaryFolder folder = new();

    private DebianSystem()
    {
    }

    /// <summary>The folder that is its root.</summary>
    public string Root => folder.FullPath;

    /// <summary>Makes one.</summary>
    public static async Task<DebianSystem> CreateAsync()
    {
        var system = new DebianSystem();
        const string prepare = """
            cd "$1"
            mkdir -p var/lib/dpkg/info var/lib/dpkg/updates var/lib/dpkg/alternatives var/log usr/bin usr/sbin "$2" usr/lib64 etc proc dev run tmp
            touch var/lib/dpkg/status etc/hostname
            ln -s usr/bin bin; ln -s usr/sbin sbin; ln -s usr/lib lib; ln -s usr/lib64 lib64
            cp -L /bin/busybox usr/bin/
            for name in sh rm cat sed; do ln -s busybox usr/bin/$name; done
            cp -L /"$2"/lib{c,m,dl,pthread}.so.? /"$2"/libssl.so.3 /"$2"/libcrypto.so.3 "$2"
            cp -L /lib64/ld-linux-x86-64.so.2 usr/lib64
            """;
        await Command.Here.RunAsync("bash", "-ec", prepare, "bash", system.Root, Libraries);
        foreach (var name in (string[])["libc6", "libssl3"])
        {
            var version = (await Command.Here.RunAsync("dpkg-query", "--show", "--showformat=${Version}", $"{name}:amd64")).Trim();
            await system.InstallAsync(await system.MakePackageAsync(name, version));
        }

        return system;
    }

    /// <summary>Makes a package of nothing, or of one program that prints a word.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> MakePackageAsync(string name, string version, string? file = null)
    {
        using var work = new TemporaryFolder();
        var control = Directory.CreateDirectory(work.GetPath("DEBIAN"));
        await File.WriteAllTextAsync(Path.Combine(control.FullName, "control"), $"Package: {name}\nVersion: {version}\nArchitecture: amd64\nMaintainer: Nobody <nobody@example.org>\nDescription: test\n");
        if (file is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(work.GetPath(file))!);
            await File.WriteAllTextAsync(work.GetPath(file), "#!/bin/sh\necho another\n");
            File.SetUnixFileMode(work.GetPath(file), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var package = Path.Combine(Root, "tmp", $"{name}.deb");
        await Command.Here.RunAsync("dpkg-deb", "--root-owner-group", "-Znone", "--build", work.FullPath, package);
        return package;
    }

    /// <summary>Installs a package.</summary>
    public Task InstallAsync(string package) => Command.Here.RunAsync("dpkg", $"--root={Root}", $"--log={Root}/var/log/dpkg.log", "--install", package);

    /// <summary>Removes a package with all that it has made.</summary>
    public Task PurgeAsync(string name) => Command.Here.RunAsync("dpkg", $"--root={Root}", $"--log={Root}/var/log/dpkg.log", "--purge", name);

    /// <summary>Installs a package.</summary>
    /// <returns>The exit status of dpkg, and what it said.</returns>
    public Task<(int Status, string Output, string Error)> TryInstallAsync(string package) => Command.Here.TryAsync("dpkg", $"--root={Root}", $"--log={Root}/var/log/dpkg.log", "--install", package);

    /// <summary>Runs a program in it, as root, with /proc and a few devices, which are gone with it.</summary>
    public Task<(int Status, string Output, string Error)> RunAsync(params string[] words)
    {
        const string enter = """
            root=$1; shift
            mount -t proc proc "$root/proc" && mount -t tmpfs -o mode=755 tmpfs "$root/dev"
            mknod -m 666 "$root/dev/null" c 1 3 && mknod -m 666 "$root/dev/urandom" c 1 9
            exec chroot "$root" "$@"
            """;
        return Command.Here.TryAsync("unshare", ["--mount", "--fork", "bash", "-ec", enter, "bash", Root, .. words]);
    }

    /// <summary>All files and folders in it, but those of dpkg, which keeps a log.</summary>
    public IEnumerable<string> List() => Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path))
        .Where(path => !path.StartsWith("var/lib/dpkg/", StringComparison.Ordinal) && !path.StartsWith("var/log/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
