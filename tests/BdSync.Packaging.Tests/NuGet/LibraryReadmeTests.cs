namespace BdSync.Packaging.Tests.NuGet;

/// <summary>What the README.md of a library shows, does so in a new project with the package, and as a native program.</summary>
[Collection(nameof(PackageTests))]
public class LibraryReadmeTests(PackageFixture packages)
{
    // The volume isn't there: how far the last block comes is for LVM to say. It compiles, and it runs into an error that the README.md speaks of.
    private const string Main = """
        await Block0();
        await Block1();
        await Block2();
        try
        {
            await Block3();
        }
        catch (Exception exception) when (exception is LvmException or InvalidOperationException)
        {
            Console.WriteLine(exception.GetType().Name);
        }
        """;

    [Fact]
    public async Task The_code_runs()
    {
        var blocks = ReadmeBlocks.Read("BdSync.Protocol", "csharp").Concat(ReadmeBlocks.Read("BdSync.Lvm", "csharp")).ToList();
        Assert.Equal(4, blocks.Count);
        using var consumer = await Consumer.CreateAsync(packages, "BdSync.Protocol", "BdSync.Lvm");
        consumer.Write(ReadmeBlocks.Join(blocks, Main));

        await CheckAsync(consumer.RunAsync);
        await CheckAsync(consumer.RunNativeAsync);
    }

    private static async Task CheckAsync(Func<string, Task<string>> run)
    {
        using var images = new ImagePair();
        var lines = (await run(images.FullPath)).Split('\n');
        Assert.Equal(["8192 bytes were different.", "old.img: 2 records, whole"], lines[..2]);
        Assert.Contains("Exception", lines[2], StringComparison.Ordinal);
        images.ShouldBeEqual("copy.img");
        images.ShouldBeEqual("old.img");
    }
}
