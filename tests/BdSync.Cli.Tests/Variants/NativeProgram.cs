using System.Runtime.InteropServices;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Variants;

/// <summary>What <c>./build.sh</c> makes for x86-64.</summary>
internal static class NativeProgram
{
    /// <summary>The processor that stands for the oldest ones: all of x86-64-v2 and nothing of v3.</summary>
    public const string OldProcessor = "qemu-x86_64 -cpu Nehalem";

    private static readonly string Folder = System.IO.Path.Combine(TestEnvironment.SourceFolder, "artifacts");

    /// <summary>The program that is copied to other machines.</summary>
    public static string Path { get; } = System.IO.Path.Combine(Folder, "bdsync");

    /// <summary>What it carries: <c>v3</c> or <c>v4</c>. <c>none</c> is the program itself.</summary>
    public static string GetVariant(string name) => name == "none" ? Path : System.IO.Path.Combine(Folder, "publish", "amd64", "variants", name, "bdsync");

    /// <summary>Skips the test where there is no such program.</summary>
    public static void Require()
    {
        // No Require of the environment: nothing can be done about it on another processor.
        Assert.SkipUnless(RuntimeInformation.OSArchitecture == Architecture.X64, "Variants are for x86-64.");
        foreach (var name in (string[])["none", "v3", "v4"])
        {
            TestEnvironment.Require(File.Exists(GetVariant(name)), "This test needs the native program: run ./build.sh.");
        }
    }

    /// <summary>Skips the test where there is no such program, or no old processor to run it on.</summary>
    public static void RequireOldProcessor()
    {
        Require();
        var qemu = OldProcessor.Split(' ')[0];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        TestEnvironment.Require(folders.Any(folder => File.Exists(System.IO.Path.Combine(folder, qemu))), $"This test needs {qemu}: install the package qemu-user.");
    }
}
