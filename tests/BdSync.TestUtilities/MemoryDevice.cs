using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace BdSync.TestUtilities;

/// <summary>A device in memory that fails where a test asks for it. Safe for several threads.</summary>
public sealed class MemoryDevice : WritableDevice
{
    /// <summary>The largest size that <see cref="SetLength"/> gives it: a device in memory is small.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly List<Extent> dropped = [];
    private byte[] content;

    /// <summary>Creates a device.</summary>
    /// <param name="content">What it holds; it is copied.</param>
    /// <param name="name">What it calls itself.</param>
    public MemoryDevice(ReadOnlySpan<byte> content, string name = "memory")
    {
        this.content = content.ToArray();
        Name = name;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override long Length
    {
        get
        {
            lock (gate)
            {
                return content.Length;
            }
        }
    }

    /// <summary>Reading this byte fails; null for none.</summary>
    public long? FailingReadOffset { get; init; }

    /// <summary>Writing this byte fails, and what comes before it in the same write is written; null for none.</summary>
    public long? FailingWriteOffset { get; init; }

    /// <summary>Whether it refuses another size, as a block device does.</summary>
    public bool RefusesResizing { get; init; }

    /// <inheritdoc/>
    public override bool CanSetLength => !RefusesResizing;

    /// <summary>How many bytes have been read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>How often it was flushed.</summary>
    public int FlushCount { get; private set; }

    /// <summary>Whether it was disposed of.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>A copy of what it holds.</summary>
    public byte[] GetContent()
    {
        lock (gate)
        {
            return [.. content];
        }
    }

    /// <summary>What the cache was dropped of, in order.</summary>
    public IReadOnlyList<Extent> GetDroppedExtents()
    {
        lock (gate)
        {
            return [.. dropped];
        }
    }

    /// <inheritdoc/>
    public override int Read(long offset, Span<byte> buffer)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            var count = (int)Math.Clamp(content.Length - offset, 0, buffer.Length);
            if (FailingReadOffset is { } failing && failing >= offset && failing < offset + count)
            {
                throw new DeviceException(BdSyncExitStatus.Read, $"Reading offset {failing} of {Name} failed: the test asked for it.");
            }

            content.AsSpan((int)Math.Min(offset, content.Length), count).CopyTo(buffer);
            BytesRead += count;
            return count;
        }
    }

    /// <inheritdoc/>
    public override void Write(long offset, ReadOnlySpan<byte> data)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            if (offset < 0 || data.Length > content.Length - offset)
            {
                throw new DeviceException(BdSyncExitStatus.Write, $"Writing {data.Length} bytes at {offset} of {Name} was refused: it has {content.Length}.");
            }

            if (FailingWriteOffset is { } failing && failing >= offset && failing < offset + data.Length)
            {
                data[..(int)(failing - offset)].CopyTo(content.AsSpan((int)offset));
                throw new DeviceException(BdSyncExitStatus.Write, $"Writing offset {failing} of {Name} failed: the test asked for it.");
            }

            data.CopyTo(content.AsSpan((int)offset));
        }
    }

    /// <inheritdoc/>
    public override void SetLength(long length)
    {
        lock (gate)
        {
            if (RefusesResizing || length > MaxLength)
            {
                throw new SizeMismatchException($"{Name} has {content.Length} bytes and can't be made {length} bytes long.");
            }

            Array.Resize(ref content, (int)length);
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        lock (gate)
        {
            FlushCount++;
        }
    }

    /// <inheritdoc/>
    public override void DropCache(Extent extent)
    {
        lock (gate)
        {
            dropped.Add(extent);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        lock (gate)
        {
            IsDisposed = true;
        }

        base.Dispose(disposing);
    }
}
