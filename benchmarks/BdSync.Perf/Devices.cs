using System.Diagnostics;

namespace BdSync.Perf;

/// <summary>The devices: a source and copies that differ from it in several ways; as files, or as loop devices over them.</summary>
internal sealed class Devices : IDisposable
{
    private const int BlockSize = 4096;

    private readonly PerfOptions options;
    private readonly List<string> loops = [];

    public Devices(PerfOptions options)
    {
        this.options = options;
        Directory.CreateDirectory(options.Folder);
        Source = MakeChanged("source", 0);
        OnePercent = MakeChanged("one-percent", 0.01);
        Same = MakeChanged("same", 0);
        Different = MakeChanged("different", 1);
        Scratch = MakeChanged("scratch", 0.01);
        foreach (var name in new[] { "source", "one-percent" })
        {
            Run("sh", "-c", $"cd {options.Folder} && rm -f sparse-{name} dense-{name} && truncate -s {SparseFactor * options.Size} sparse-{name} && "
                + $"head -c {options.Size / 2} {name} > dense-{name} && dd if=dense-{name} of=sparse-{name} bs=1M seek={SparseOffset} conv=notrunc status=none");
        }
    }

    /// <summary>Where the data of the sparse devices starts, in MiB.</summary>
    public const int SparseOffset = 1000;

    /// <summary>How many times larger than the others the sparse devices are.</summary>
    private const int SparseFactor = 32;

    /// <summary>Files with as much data as half of a device, as they are, and in the middle of a large hole.</summary>
    public string[] Dense { get; } = ["./dense-source", "./dense-one-percent"];

    /// <inheritdoc cref="Dense"/>
    public string[] Sparse { get; } = ["./sparse-source", "./sparse-one-percent"];

    /// <summary>How much data the dense and the sparse devices have, in MiB.</summary>
    public long DenseSize => options.Size / 2 / (1024 * 1024);

    public string Source { get; }

    /// <summary>One block in a hundred is another, at random.</summary>
    public string OnePercent { get; }

    public string Same { get; }

    public string Different { get; }

    /// <summary>As <see cref="OnePercent"/>, to be written to.</summary>
    public string Scratch { get; }

    public void Dispose() => loops.ForEach(loop => Run("losetup", "-d", loop));

    private string MakeChanged(string name, double part) => Make(name, (index, block, random) =>
    {
        if (random.NextDouble() < part)
        {
            new Random((int)(index % int.MaxValue) ^ 0x5DEECE6).NextBytes(block);
        }
    });

    // Every copy starts with the source's data: the same seed.
    private string Make(string name, Action<long, byte[], Random> change)
    {
        var path = Path.Combine(options.Folder, name);
        if (!File.Exists(path) || new FileInfo(path).Length != options.Size)
        {
            Console.WriteLine($"making {path}");
            var content = new Random(1);
            var choice = new Random(2);
            var block = new byte[BlockSize];
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
            for (var index = 0L; index < options.Size / BlockSize; index++)
            {
                content.NextBytes(block);
                change(index, block, choice);
                file.Write(block);
            }
        }

        if (!options.Loop)
        {
            return "./" + name;
        }

        loops.Add(Run("losetup", "-f", "--show", path).Trim());
        return loops[^1];
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with exit status {process.ExitCode}.");
    }
}
