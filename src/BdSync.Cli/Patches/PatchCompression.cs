namespace BdSync.Cli.Patches;

/// <summary>How a patch is compressed.</summary>
internal enum PatchCompression
{
    None,
    Gzip,
    Zstd,
}
