using System.Diagnostics;

namespace BdSync.Interop.Tests.Programs;

/// <summary>A folder for one test, removed with it. Programs run in it, so that patches carry short names.</summary>
internal sealed class WorkFolder : IDisposable
{
    /// <summary>More than all tests that run at a time have in memory at most.</summary>
    private const long RequiredMemory = 1024L * 1024 * 1024;

    /// <summary>Creates a folder, in memory where the system has such a place, and enough of it: the tests write a lot and keep nothing.</summary>
    public WorkFolder(bool inMemory = true)
    {
        const string memory = "/dev/shm";
        var parent = inMemory && Directory.Exists(memory) && new DriveInfo(memory).AvailableFreeSpace >= RequiredMemory ? memory : System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(parent, $"bdsync-interop-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Write(string name, ReadOnlySpan<byte> data) => File.WriteAllBytes(this[name], data);

    public byte[] Read(string name) => File.ReadAllBytes(this[name]);

    /// <summary>
    /// Writes a shell script that can be executed. This process never has it open for writing: a program that another test starts meanwhile could inherit
    /// that for a moment, and then it can't be executed (ETXTBSY).
    /// </summary>
    /// <returns>Its path.</returns>
    public string WriteScript(string name, string text)
    {
        var draft = this[$"{name}.draft"];
        File.WriteAllText(draft, $"#!/bin/sh\n{text}\n");
        using var install = Process.Start("install", ["--mode=700", draft, this[name]]);
        install.WaitForExit();
        Assert.Equal(0, install.ExitCode);
        return this[name];
    }

    /// <summary>Runs a program in this folder.</summary>
    public Task<ProgramResult> RunAsync(string program, IEnumerable<string> arguments, ReadOnlyMemory<byte> input = default) =>
        RunningProgram.RunAsync(Path, program, arguments, input);

    /// <summary>Starts a program in this folder.</summary>
    public RunningProgram Start(string program, params IEnumerable<string> arguments) => RunningProgram.Start(Path, program, arguments);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
