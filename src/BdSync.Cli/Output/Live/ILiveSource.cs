namespace BdSync.Cli.Output.Live;

/// <summary>What a view shows. Each is used by one thread at a time.</summary>
internal interface ILiveSource
{
    LiveLabels Labels { get; }

    /// <summary>Looks at how all that is shown is faring now. Cheap: it is called a few times a second.</summary>
    IReadOnlyList<LiveEntry> Observe();
}
