using System.Reflection;

namespace BdSync.Cli.CommandLine;

/// <summary>What <c>--help</c> and <c>--version</c> show.</summary>
internal static class Usage
{
    /// <summary>The program's version, such as <c>0.1.0</c>.</summary>
    public static string VersionNumber { get; } = typeof(Usage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public static string Version { get; } =
        $"bdsync {VersionNumber} (BdSync for .NET; protocol 0.5, patch format 0.3)";

    public static string Text { get; } =
        """
        Keeps block devices and image files in sync: compares two of them over a
        connection and writes a patch that makes one equal to the other.

        Usage:
          bdsync [options] REMSHCMD LOCDEV REMDEV   compare; the patch goes to stdout
          bdsync [options] ssh://[USER@]HOST[:PORT] LOCDEV REMDEV
          bdsync --server [-v] [-z]                 the other side, on stdin and stdout
          bdsync --local [--apply] LOCDEV REMDEV    both devices are on this machine
          bdsync --patch[=DEVICE] [options]         apply a patch from stdin, plain or
                                                    compressed by gzip or zstd
          bdsync run [--help] [options]             do the tasks of a task file
          bdsync tasks [--help] [options]           show them, and what is wrong with them
          bdsync history [--help] [TASK]            show what they did the last times
          bdsync verify [--help] REMSHCMD LOCDEV REMDEV
                                                    compare without writing, all or a sample
          bdsync inspect [--help] PATCH...          show what is in patches, and a map
          bdsync map [--help] REMSHCMD LOCDEV REMDEV
                                                    show a map of where devices differ
          bdsync restrict [--help] [options]        do what an ssh client asks for, as far as
                                                    it is allowed: for authorized_keys

        REMSHCMD starts the other side, for example 'ssh backup@host bdsync --server'.
        ssh://HOST does so without an ssh program, as ~/.ssh/config and known_hosts say.

        Comparing:
          -b, --blocksize=N      size of a block in bytes (default 4096)
          -h, --hash=DIGEST      digest of a block, by OpenSSL's name (default: xxh128
                                 if the other side is BdSync, too, else md5), or auto:
                                 measure what is fastest
          -c, --checksum=DIGEST  put a checksum over the source device into the patch
          -t, --twopass          compare blocks of 64 times the size first
          -r, --remdata          write REMDEV's data: the patch is for LOCDEV
          -z, --zeroblocks       hash a block of zeros once only (also --server)
          -F, --flushcache       drop the page cache behind every read, on both sides
              --progress[=noscroll]  report progress on stderr, for programs
              --progress=bar     the same for people: a bar, rates, the time that is left
          -f, --fixedsalt        use a salt of zeros, for tests
              --threads=N        hash on N threads (also --server; default: all processors,
                                 with --direct eight for each, at most 64)
              --channels=N       start REMSHCMD N times and share the work among the servers
              --retries=N        connect again up to N times in a row where the connection
                                 breaks, and go on from there (default 0)
              --remote-bdsync=PATH   with ssh://: the program on the other side
              --ssh-config=FILE  with ssh://: read FILE and neither ~/.ssh/config nor
                                 /etc/ssh/ssh_config
              --local            compare two devices of this machine directly
              --apply            with --local: write to REMDEV instead of a patch

        Applying:
          -p, --patch[=DEVICE]   apply to DEVICE instead of the one that the patch names
          -w, --warndev          warn where these two differ
              --undo=FILE        write a patch that takes the device back to FILE, a new
                                 file, before the device is changed
              --force            write to a block device even where it is in use

        Both:
          -d, --diffsize[=strict|resize|minsize[,warn]]
                                 where sizes differ: refuse (default), give the target
                                 the source's size, or leave out what is too much
              --direct           read and write past the page cache (also --server)
          -v, --verbose          say what is done (repeat for more); --server: to syslog
          -s, --server           be the other side
          -H, --help             show this
              --version          show the version

        Exit status: 0 ok, 1 parameters, 2 patch format, 3 sizes differ, 4 protocol,
        5 checksum, 6 read (also: the other side is gone), 7 no randomness, 8 process,
        9 write, 10 digest, 11 transmission, 12 device, 13 connection, 14 verify, map: the
        devices differ, 70 a fault of the program, 77 restrict: not allowed, 128 + N ended by
        signal N; a client whose patch is complete ends with the exit status of REMSHCMD.
        """;
}
