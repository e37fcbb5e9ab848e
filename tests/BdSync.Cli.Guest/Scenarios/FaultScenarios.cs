using BdSync.Lvm.Guest;

namespace BdSync.Cli.Guest.Scenarios;

/// <summary>Devices that fail.</summary>
internal static class FaultScenarios
{
    // In sectors of 512 bytes.
    private const int Length = 16384;

    private const int Middle = Length / 2;

    public static async Task Write_errors_keep_the_patch(TaskMachine machine)
    {
        var source = await machine.Machine.CreateThickAsync("werror", 8);
        var target = await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "werror", 8);
        var device = await MapAsync("werror", $"0 {Middle} linear {target} 0", $"{Middle} {Middle} flakey {target} {Middle} 0 3600 1 error_writes");
        var tasks = machine.Task("werror", source.Path, device);
        var end = await machine.RunAsync(tasks);
        var patch = Assert.Single(machine.Patches);
        end.Expect(3, "[Task werror] ERROR: ", device, $"The whole patch is kept: {patch} on this machine. This finishes the job: bdsync ");

        // What the message says.
        await TaskMachine.ShellAsync($"dmsetup remove werror && {string.Join(' ', TaskMachine.Program)} --patch={target} <{patch}");
        TaskMachine.AssertStartsWith(target, Machine.Read(source.Path));
    }

    public static async Task Read_errors_of_the_target_leave_it_untouched(TaskMachine machine)
    {
        var source = await machine.Machine.CreateThickAsync("rerror", 8);
        var target = await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "rerror", 8);
        var device = await MapAsync("rerror", $"0 {Middle} linear {target} 0", $"{Middle} {Middle} error");
        (await machine.RunAsync(machine.Task("rerror", source.Path, device))).Expect(3, "[Task rerror] ERROR: ", device, "The target is untouched.");
        await AssertUntouchedAsync(machine, "rerror", target);
    }

    public static async Task Read_errors_of_the_source_leave_the_target_untouched(TaskMachine machine)
    {
        var source = await machine.Machine.CreateThickAsync("serror", 8);
        var target = await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "serror", 8);
        var device = await MapAsync("serror", $"0 {Middle} linear {source.Path} 0", $"{Middle} {Middle} error");
        (await machine.RunAsync(machine.Task("serror", device, target))).Expect(3, "[Task serror] ERROR: ", device, "The target is untouched.");
        await AssertUntouchedAsync(machine, "serror", target);
    }

    private static async Task<string> MapAsync(string name, params string[] table)
    {
        await TaskMachine.ShellAsync($"dmsetup create {name} <<'END'\n{string.Join('\n', table)}\nEND");
        return $"/dev/mapper/{name}";
    }

    private static async Task AssertUntouchedAsync(TaskMachine machine, string mapping, string target)
    {
        Assert.Empty(machine.Patches);
        await TaskMachine.ShellAsync($"dmsetup remove {mapping}");
        TaskMachine.AssertZeros(target);
    }
}
