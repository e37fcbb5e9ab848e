using Microsoft.Extensions.Logging;

namespace BdSync.Protocol;

/// <summary>All that the library logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Different sizes local={LocalLength} remote={RemoteLength}")]
    public static partial void SizesDiffer(this ILogger logger, long localLength, long remoteLength);

    [LoggerMessage(2, LogLevel.Warning, "Different sizes current={CurrentLength} patch={PatchLength}")]
    public static partial void PatchSizeDiffers(this ILogger logger, long currentLength, long patchLength);

    [LoggerMessage(3, LogLevel.Information, "connected: the remote device {Path} has {Length} bytes, the peer calls itself {Role}")]
    public static partial void Connected(this ILogger logger, string path, long length, string role);

    [LoggerMessage(4, LogLevel.Information, "comparing {Length} bytes in blocks of {BlockSize} with {Digest}, checksum {Checksum}")]
    public static partial void Comparing(this ILogger logger, long length, int blockSize, string digest, string checksum);

    [LoggerMessage(5, LogLevel.Information, "the patch is complete: {Length} bytes")]
    public static partial void PatchComplete(this ILogger logger, long length);

    [LoggerMessage(6, LogLevel.Information, "opened {Path}: {Length} bytes")]
    public static partial void DeviceOpened(this ILogger logger, string path, long length);

    [LoggerMessage(7, LogLevel.Debug, "compared the blocks of {BlockSize} bytes from {Start} to {End}: {Count} extents differ")]
    public static partial void RangeCompared(this ILogger logger, int blockSize, long start, long end, int count);

    [LoggerMessage(8, LogLevel.Debug, "received {Type} with {Length} bytes")]
    public static partial void MessageReceived(this ILogger logger, Wire.MessageType type, long length);

    [LoggerMessage(9, LogLevel.Information, "the session is over")]
    public static partial void SessionOver(this ILogger logger);

    [LoggerMessage(10, LogLevel.Information, "the patch is for {Name} and a device of {Length} bytes")]
    public static partial void PatchOpened(this ILogger logger, string name, long length);

    [LoggerMessage(11, LogLevel.Information, "the patch has been checked: {Length} bytes")]
    public static partial void PatchChecked(this ILogger logger, long length);

    [LoggerMessage(12, LogLevel.Information, "the patch has been applied: {Length} bytes written")]
    public static partial void PatchApplied(this ILogger logger, long length);

    [LoggerMessage(13, LogLevel.Warning, "Applying the patch was interrupted. {State}")]
    public static partial void PatchInterrupted(this ILogger logger, string state);

    [LoggerMessage(15, LogLevel.Information, "{Digest}: {LocalRate:F2} GB/s here, {RemoteRate:F2} GB/s on the other side")]
    public static partial void DigestMeasured(this ILogger logger, string digest, double localRate, double remoteRate);

    [LoggerMessage(14, LogLevel.Warning, "Bringing the target up to date was interrupted. {State}")]
    public static partial void ApplyInterrupted(this ILogger logger, string state);

    [LoggerMessage(16, LogLevel.Warning, "{Reason} Connecting again in {Delay} s (attempt {Attempt} of {Attempts})")]
    public static partial void Reconnecting(this ILogger logger, string reason, double delay, int attempt, int attempts);

    [LoggerMessage(17, LogLevel.Information, "the patch that takes the device back is complete: {Length} bytes")]
    public static partial void UndoWritten(this ILogger logger, long length);
}
