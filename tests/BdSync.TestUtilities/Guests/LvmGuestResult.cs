namespace BdSync.TestUtilities.Guests;

/// <summary>How a guest ended.</summary>
/// <param name="ExitStatus">The script's; null where the guest did not come to its end.</param>
/// <param name="Log">What the script printed.</param>
/// <param name="Console">What the kernel and its first process printed.</param>
public sealed record LvmGuestResult(int? ExitStatus, string Log, string Console)
{
    /// <summary>All of it, for the message of a failure.</summary>
    public override string ToString() => $"exit status {ExitStatus?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}\n{Console}\n{Log}";
}
