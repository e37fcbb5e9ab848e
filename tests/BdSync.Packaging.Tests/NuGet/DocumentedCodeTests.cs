using BdSync.Protocol.Patching;
using BdSync.TestUtilities;

namespace BdSync.Packaging.Tests.NuGet;

/// <summary>What the documents for embedders show works in a new project with the packages, and as a native program.</summary>
[Collection(nameof(PackageTests))]
public class DocumentedCodeTests(PackageFixture packages)
{
    // Of a volume group that no machine has: how far the last block comes is for LVM to say. It compiles, and it ends with an error that its document speaks of.
    private const string MissingVolume = "/dev/bdsync-test-no-group/data";

    private const string Main = """
        await Block0();
        await Block1();
        await Block2();
        await Block3();
        await Block4();
        try
        {
            await Block5();
        }
        catch (Exception exception) when (exception is LvmException or InvalidOperationException)
        {
            Console.WriteLine(exception.GetType().Name);
        }
        """;

    [Fact]
    public async Task The_code_runs()
    {
        using var consumer = await CreateConsumerAsync();
        await CheckAsync(consumer.RunAsync);
    }

    [Fact]
    public async Task The_code_runs_as_a_native_program()
    {
        TestEnvironment.Require(File.Exists("/usr/bin/clang"), "Native code needs clang and zlib (Debian: clang, zlib1g-dev).");
        using var consumer = await CreateConsumerAsync();
        await CheckAsync(consumer.RunNativeAsync);
    }

    private async Task<Consumer> CreateConsumerAsync()
    {
        string[] documents = ["src/BdSync.Protocol/README.md", "docs/embedding.md", "src/BdSync.Lvm/README.md"];
        var blocks = documents.SelectMany(document => DocumentedCode.Read(document, "csharp")).Select(block => block.Replace("/dev/vg0/data", MissingVolume, StringComparison.Ordinal)).ToList();
        Assert.Equal(6, blocks.Count);
        Assert.Contains(MissingVolume, blocks[^1], StringComparison.Ordinal);
        var consumer = await Consumer.CreateAsync(packages, "BdSync.Protocol", "BdSync.Lvm");
        consumer.Write(DocumentedCode.Join(blocks, Main));
        return consumer;
    }

    private static async Task CheckAsync(Func<string, Task<string>> run)
    {
        using var images = new ImagePair();
        var lines = (await run(images.FullPath)).Split('\n');
        Assert.Equal(["8192 bytes were different.", "old.img: 2 records, whole"], lines[..2]);
        Assert.Contains("Exception", lines[2], StringComparison.Ordinal);
        images.ShouldBeEqual("copy.img");
        images.ShouldBeEqual("old.img");
        await using var patch = File.OpenRead(images.GetPath("copy.patch"));
        Assert.True((await PatchInspector.InspectAsync(patch, cancellationToken: TestContext.Current.CancellationToken)).IsWhole);
    }
}
