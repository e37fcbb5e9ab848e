using System.Globalization;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Two devices that have some of their bytes in common.</summary>
public sealed record DevicePair(byte[] Local, byte[] Remote)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"local {Local.Length} ({Convert.ToHexStringLower(Local.AsSpan(0, Math.Min(8, Local.Length)))}…), remote {Remote.Length}");
}
