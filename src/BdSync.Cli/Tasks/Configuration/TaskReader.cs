using BdSync.Cli.Tasks.Configuration.Arguments;
using BdSync.Cli.Tasks.Configuration.Values;
using BdSync.Protocol.Planning;

namespace BdSync.Cli.Tasks.Configuration;

/// <summary>Makes a task of a section's settings. What is wrong is noted in their reader; the task is of use only where that has no errors.</summary>
internal static class TaskReader
{
    public static SyncTask Read(string name, SettingReader settings)
    {
        var arguments = ReadArguments(settings);
        var client = arguments.Client;
        var patch = arguments.Patch;
        var direction = settings.Get(TaskKeys.Direction, TaskDirection.Push, SettingValue.ParseDirection);
        var connection = ReadConnection(settings);
        var isTargetHere = connection is null || direction == TaskDirection.Pull;
        var retries = settings.Get(TaskKeys.Retries, client.Client.Retries, SettingValue.ParseCount);
        var applyInPlace = settings.GetBoolean(TaskKeys.ApplyInPlace, SettingValue.ParseBoolean);
        var patchFolder = ReadPath(settings, TaskKeys.PatchFolder);
        var volume = LvmSettingsReader.ReadTarget(settings);
        var sourcePath = ReadPath(settings, TaskKeys.SourcePath) ?? "";
        var targetPath = ReadPath(settings, TaskKeys.TargetPath) ?? LvmSettingsReader.ReadTargetPath(settings, sourcePath, direction == TaskDirection.Push) ?? "";
        var task = new SyncTask
        {
            Name = name,
            SourcePath = sourcePath,
            TargetPath = targetPath,
            Connection = connection,
            Direction = direction,
            RemoteBdSync = ReadPath(settings, TaskKeys.RemoteBdSync) ?? "bdsync",
            Client = (volume is null ? client.Client : client.Client with { SizePolicy = SizePolicy.MinSize }) with { RemoteData = direction == TaskDirection.Pull, Retries = retries },
            SshConfiguration = client.SshConfiguration,
            Progress = client.Progress,
            Direct = client.Direct || (isTargetHere && patch.Direct),
            ServerArguments = arguments.ServerWords,
            PatchArguments = volume is null ? arguments.PatchWords : [.. arguments.PatchWords, "--diffsize=minsize"],
            Patcher = volume is null ? patch.Patcher : patch.Patcher with { SizePolicy = SizePolicy.MinSize },
            Force = patch.Force,
            PatchFolder = applyInPlace ? null : patchFolder,
            ApplyInPlace = applyInPlace,
            CreateTarget = settings.GetBoolean(TaskKeys.CreateTarget, SettingValue.ParseBoolean),
            IsDisabled = settings.GetBoolean(TaskKeys.Disabled, SettingValue.ParseBoolean),
            BandwidthLimit = settings.Get<long?>(TaskKeys.BandwidthLimit, null, text => SettingValue.ParseBandwidth(text)),
            Lvm = LvmSettingsReader.ReadSnapshot(settings),
            TargetVolume = volume,
            Compression = settings.Get(TaskKeys.Compression, default, SettingValue.ParseCompression),
            KeptPatches = settings.Get(TaskKeys.KeepPatches, 0, SettingValue.ParseCount),
            UndoPatches = settings.Get(TaskKeys.UndoPatches, 0, SettingValue.ParseCount),
            Verify = settings.GetBoolean(TaskKeys.Verify, SettingValue.ParseBoolean),
            Audit = settings.GetWithPercent<BlockSample?>(TaskKeys.Audit, null, SettingValue.ParseSample),
            Retries = retries,
            Hooks = new(settings.GetText(TaskKeys.RunBefore), settings.GetText(TaskKeys.RunAfter), settings.GetText(TaskKeys.RunOnError)) { TimeLimit = ReadTimeLimit(settings) },
        };
        TaskChecks.Check(task, settings);
        return task with { Settings = settings.Values };
    }

    /// <summary>The commands around a run, from what <c>[DEFAULT]</c> has.</summary>
    public static TaskHooks ReadRunHooks(SettingReader defaults) =>
        new(defaults.GetText(TaskKeys.RunFirst), defaults.GetText(TaskKeys.RunLast)) { TimeLimit = ReadTimeLimit(defaults) };

    private static TimeSpan ReadTimeLimit(SettingReader settings) => settings.Get(TaskKeys.RunTimeLimit, new TaskHooks().TimeLimit, SettingValue.ParseTime);

    private static string? ReadPath(SettingReader settings, string key) => settings.Get<string?>(key, null, HomeFolder.Expand);

    private static TaskConnection? ReadConnection(SettingReader settings)
    {
        var address = settings.Get<TaskConnection?>(TaskKeys.Connection, null, SettingValue.ParseAddress);
        var command = settings.Get<TaskConnection?>(TaskKeys.ConnectionCommand, null, SettingValue.ParseCommand);
        settings.RefuseIf(address is not null && command is not null, TaskKeys.Connection, $"{TaskKeys.ConnectionCommand} is set as well; one of the two is allowed, and an empty value takes back what [DEFAULT] has.");
        return address ?? command;
    }

    private static TaskArguments ReadArguments(SettingReader settings)
    {
        var arguments = new TaskArguments();
        Add(TaskKeys.BdSyncArguments, arguments.Add);
        Add(TaskKeys.ClientArguments, words => arguments.AddFor(ProgramRoles.Client, words));
        Add(TaskKeys.ServerArguments, words => arguments.AddFor(ProgramRoles.Server, words));
        Add(TaskKeys.PatchArguments, words => arguments.AddFor(ProgramRoles.Patch, words));
        return arguments;

        void Add(string key, Action<string> add) => settings.Get(key, false, words =>
        {
            add(words);
            return true;
        });
    }
}
