using BdSync.TestUtilities;

namespace BdSync.Packaging.Tests.NuGet;

/// <summary>A new console project outside the tree, which takes the packages from their folder and everything else from where this machine takes packages.</summary>
internal sealed class Consumer : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Command command;

    private Consumer() => command = new(folder.FullPath, ("NUGET_PACKAGES", folder.GetPath("packages")));

    /// <summary>Makes it, with packages.</summary>
    public static async Task<Consumer> CreateAsync(PackageFixture packages, params string[] ids)
    {
        var consumer = new Consumer();
        try
        {
            // What the machine has already is only read.
            var present = (await new Command(consumer.folder.FullPath).RunAsync("dotnet", "nuget", "locals", "global-packages", "--list")).Split(' ', 2)[^1].Trim();
            await File.WriteAllTextAsync(consumer.folder.GetPath("nuget.config"), $"""
                <configuration>
                  <packageSources><add key="bdsync" value="{packages.Folder}" /></packageSources>
                  <fallbackPackageFolders><add key="present" value="{present}" /></fallbackPackageFolders>
                </configuration>
                """);
            await consumer.command.RunAsync("dotnet", "new", "console", "--name", "Consumer", "--output", ".", "--no-restore");
            foreach (var id in ids)
            {
                await consumer.command.RunAsync("dotnet", "add", "package", id, "--version", packages.Version);
            }

            return consumer;
        }
        catch
        {
            consumer.Dispose();
            throw;
        }
    }

    /// <summary>Sets the program's text.</summary>
    public void Write(string program) => File.WriteAllText(folder.GetPath("Program.cs"), program);

    /// <summary>Runs the program as it is compiled while it runs.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(string workFolder)
    {
        await command.RunAsync("dotnet", "build", "-c", "Release", "--nologo", "-v", "quiet", "-warnaserror");
        return await new Command(workFolder).RunAsync("dotnet", folder.GetPath("bin/Release/net10.0/Consumer.dll"));
    }

    /// <summary>Compiles the program to native code, which may warn of nothing, and runs that.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunNativeAsync(string workFolder)
    {
        await command.RunAsync("dotnet", "publish", "-c", "Release", "--nologo", "-v", "quiet", "-warnaserror", "-p:PublishAot=true", "-p:TrimmerSingleWarn=false", "-o", "native");
        return await new Command(workFolder).RunAsync(folder.GetPath("native/Consumer"));
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
