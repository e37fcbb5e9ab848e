using BdSync.Protocol.Patching;

namespace BdSync.Protocol.Tests.Patching;

/// <summary>Says whether bytes are a whole patch.</summary>
internal static class PatchCheck
{
    /// <summary>Fails unless a reader refuses the bytes as no whole patch.</summary>
    public static async Task IsIncompleteAsync(byte[] patch)
    {
        var exception = await Assert.ThrowsAsync<PatchException>(() => ReadAllAsync(patch));
        Assert.Equal(BdSyncExitStatus.PatchFormat, exception.ExitStatus);
    }

    /// <summary>Reads a whole patch.</summary>
    public static async Task<(PatchHeader Header, List<PatchRecord> Records, PatchChecksum? Checksum)> ReadAllAsync(byte[] patch)
    {
        var reader = new PatchReader(new MemoryStream(patch));
        var header = await reader.ReadHeaderAsync(TestContext.Current.CancellationToken);
        List<PatchRecord> records = [];
        while (await reader.ReadRecordAsync(TestContext.Current.CancellationToken) is { } record)
        {
            records.Add(record with { Data = record.Data.ToArray() });
        }

        return (header, records, reader.Checksum);
    }
}
