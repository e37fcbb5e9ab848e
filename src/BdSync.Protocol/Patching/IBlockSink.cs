namespace BdSync.Protocol.Patching;

/// <summary>Where the data of differing blocks goes: a patch, or straight to the target.</summary>
internal interface IBlockSink
{
    /// <summary>How many bytes have been written, headers included.</summary>
    long BytesWritten { get; }

    /// <summary>How many bytes of blocks have been written.</summary>
    long DataBytesWritten { get; }

    /// <summary>Begins, before the first block.</summary>
    ValueTask WriteHeaderAsync(PatchHeader header, CancellationToken cancellationToken);

    /// <summary>Writes the data of one or more blocks; the last one may be shorter. Offsets ascend.</summary>
    ValueTask WriteBlocksAsync(long offset, ReadOnlyMemory<byte> data, int blockSize, CancellationToken cancellationToken);

    /// <summary>Ends, behind the last block.</summary>
    ValueTask CompleteAsync(PatchChecksum? checksum, CancellationToken cancellationToken);
}
