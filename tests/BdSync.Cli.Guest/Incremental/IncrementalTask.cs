using BdSync.Lvm.Guest;

namespace BdSync.Cli.Guest.Incremental;

/// <summary>
/// A task with <c>lvm_incremental</c>, over a connection to a program that can be made to fail, and its volumes. Whatever a run compares, the target has to be equal to the
/// source after it.
/// </summary>
public sealed class IncrementalTask
{
    /// <summary>What a run says that compares only changes. How much comes behind it.</summary>
    public const string Changes = "Comparing what has changed since the last run: ";

    /// <summary>What a run says that compares everything. The reason comes behind it.</summary>
    public const string Everything = "Comparing everything: ";

    /// <summary>The value of <c>bdsync_args</c>.</summary>
    public const string Arguments = "--diffsize=minsize";

    /// <summary>The words of an option for a run without the connection.</summary>
    public static readonly string[] Here = ["--set", "connection_command="];

    private readonly TaskMachine machine;

    private IncrementalTask(TaskMachine machine, IncrementalSource source, string target)
    {
        this.machine = machine;
        Source = source;
        Target = target;
    }

    /// <summary>The source.</summary>
    public IncrementalSource Source { get; }

    /// <summary>The target's device: as large as the source at first, and full of zeros.</summary>
    public string Target { get; }

    /// <summary>The words of an option for a run over a connection to another host.</summary>
    public string[] Elsewhere => ["--set", $"connection_command={ConnectionProgram} other"];

    /// <summary>Makes the volumes, the connection and the program behind it.</summary>
    /// <param name="machine">The scenario's.</param>
    /// <param name="createSource">Makes the source, as a volume of the name given.</param>
    /// <param name="remoteProgram">The words that start the program behind the connection.</param>
    public static async Task<IncrementalTask> CreateAsync(TaskMachine machine, Func<string, Task<IncrementalSource>> createSource, params IReadOnlyList<string> remoteProgram)
    {
        var source = await createSource(machine.Name);
        var target = await TaskMachine.CreateEmptyAsync(TaskMachine.Group, $"{machine.Name}-target", IncrementalSource.Length / Machine.Megabyte);
        var task = new IncrementalTask(machine, source, target);
        WriteScript(task.ConnectionProgram, "exec sh -c \"$2\"");
        WriteScript(task.RemoteProgram, $$"""
            case "$*" in
              *--server*) [ ! -e {{task.FailMark}} ] || exit 9 ;;
              *--patch*)
                if [ -e {{task.KillMark}} ]; then
                  dd if=/dev/urandom of={{target}} bs=4096 seek=700 count=9 conv=notrunc,fsync
                  kill -9 $(cat {{task.KillMark}})
                  exit 9
                fi ;;
            esac
            exec {{string.Join(' ', remoteProgram)}} "$@"
            """);
        return task;
    }

    /// <summary>Runs the task; it has to say what it compares, to leave the target equal to the source, and to keep what the next run needs.</summary>
    /// <param name="expected">A line of the log, or its start.</param>
    /// <param name="options">More words of the command line.</param>
    public async Task RunAsync(string expected, params string[] options)
    {
        await RunUncheckedAsync(expected, options);
        await Source.AssertKeptAsync();
    }

    /// <summary>The same, but what it keeps is not looked at.</summary>
    public async Task RunUncheckedAsync(string expected, params string[] options)
    {
        var end = (await machine.RunAsync(Configuration, options)).Expect(0, expected);
        Assert.False(end.Output.Contains("could not be kept", StringComparison.Ordinal), end.Output);
        TaskMachine.AssertStartsWith(Target, Machine.Read(Source.UsedPath));
        Assert.Empty(machine.Patches);
    }

    /// <summary>Runs the task where the server fails.</summary>
    public async Task RunWithoutServerAsync()
    {
        await File.WriteAllTextAsync(FailMark, "");
        (await machine.RunAsync(Configuration)).Expect(3);
        File.Delete(FailMark);
    }

    /// <summary>Runs the task, and kills it when the target has been written to in part.</summary>
    public async Task RunKilledAsync()
    {
        await using var run = machine.Start(Configuration);
        await File.WriteAllTextAsync(KillMark, $"{run.Id}");
        (await run.WaitAsync()).Expect(137);
        File.Delete(KillMark);
        Assert.All(machine.Patches, File.Delete);
    }

    private string ConnectionProgram => Path.Combine(machine.Folder, "ssh");

    private string RemoteProgram => Path.Combine(machine.Folder, "remote");

    private string FailMark => Path.Combine(machine.Folder, "fail");

    private string KillMark => Path.Combine(machine.Folder, "kill");

    private string Configuration => machine.Task(machine.Name, Source.Path, Target, $"""
        connection_command = {ConnectionProgram} host
        remote_bdsync_bin = {RemoteProgram}
        bdsync_args = {Arguments}
        lvm_incremental = yes
        full_compare_every = 100
        {Source.Settings}
        """);

    private static void WriteScript(string path, string text)
    {
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
