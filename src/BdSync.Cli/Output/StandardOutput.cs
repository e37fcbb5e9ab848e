namespace BdSync.Cli.Output;

/// <summary>Standard output for binary data.</summary>
internal sealed class StandardOutput() : DescriptorStream(1);
