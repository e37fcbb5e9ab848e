namespace BdSync.Protocol.Sessions;

/// <summary>Which data the result of a comparison has to carry.</summary>
internal enum Keep
{
    /// <summary>None: only what differs is of interest.</summary>
    Nothing,

    /// <summary>That of ranges that differ.</summary>
    Differing,

    /// <summary>All: there is a checksum to be computed.</summary>
    Everything,
}
