using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BdSync.Protocol.Devices;

/// <summary>An open block device or file: what <see cref="LocalDevice"/> and <see cref="WritableLocalDevice"/> have in common.</summary>
internal sealed class DeviceFile : IDisposable
{
    private readonly SafeFileHandle handle;

    // A reference, so that several threads may set it and see it whole.
    private volatile DataRun? knownData;

    // The same file past the page cache; null where everything goes through it.
    private readonly SafeFileHandle? directHandle;

    private DeviceFile(string path, DeviceKind kind, SafeFileHandle handle, SafeFileHandle? directHandle)
    {
        Path = path;
        Kind = kind;
        this.handle = handle;
        this.directHandle = directHandle;
        Length = GetLength();
    }

    public string Path { get; }

    public DeviceKind Kind { get; }

    public long Length { get; private set; }

    public bool CanSetLength => Kind == DeviceKind.RegularFile;

    public static DeviceFile OpenRead(string path, bool direct, string? name)
    {
        var (kind, _) = Examine(path);
        var file = Open(path, name, kind, direct ? SystemCalls.OpenReadOnly : null, () => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan));
        if (kind == DeviceKind.BlockDevice && IsInUse(path))
        {
            // What a mounted file system writes to its files does not pass through the device's own cache: what is there may be older.
            file.DropCache(new(0, file.Length));
        }

        return file;
    }

    /// <summary>Opens for writing; a block device exclusively unless <paramref name="force"/>: the system then refuses one that is mounted, swapped to, or held by device-mapper or another program.</summary>
    public static DeviceFile OpenWrite(string path, bool force, bool direct, string? name)
    {
        var (kind, status) = Examine(path);
        return Open(path, name, kind, direct ? SystemCalls.OpenReadWrite : null, () => kind == DeviceKind.BlockDevice
            ? OpenBlockDevice(path, status, force)
            : File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));
    }

    public int Read(long offset, Span<byte> buffer)
    {
        if (Kind == DeviceKind.Null)
        {
            return 0;
        }

        var total = 0;
        try
        {
            while (total < buffer.Length)
            {
                var read = directHandle is null
                    ? RandomAccess.Read(handle, buffer[total..], offset + total)
                    : DirectAccess.Read(directHandle, buffer[total..], offset + total);
                if (read == 0)
                {
                    break;
                }

                total += read;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(
                BdSyncExitStatus.Read, $"Reading {buffer.Length} bytes at offset {offset} of {Path} failed after {total} bytes: {exception.Message}", exception);
        }

        return total;
    }

    public void Write(long offset, ReadOnlySpan<byte> data)
    {
        if (offset < 0 || data.Length > Length - offset)
        {
            throw new DeviceException(
                BdSyncExitStatus.Write, $"Writing {data.Length} bytes at offset {offset} of {Path} was refused: it has {Length} bytes.");
        }

        try
        {
            if (directHandle is null)
            {
                RandomAccess.Write(handle, data, offset);
            }
            else
            {
                DirectAccess.Write(directHandle, handle, data, offset);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(BdSyncExitStatus.Write, $"Writing {data.Length} bytes at offset {offset} of {Path} failed: {exception.Message}", exception);
        }
    }

    public void SetLength(long length)
    {
        if (!CanSetLength)
        {
            throw new SizeMismatchException($"{Path} has {Length} bytes and can't be made {length} bytes long: it is not a regular file.");
        }

        var error = length > Length ? SystemCalls.Allocate(handle, Length, length - Length) : 0;
        if (error is not 0 and not SystemCalls.NotSupported)
        {
            Truncate(Length);
            throw new SizeMismatchException($"{Path} has {Length} bytes and can't be extended to {length}: {Marshal.GetPInvokeErrorMessage(error)}. It has its old size.");
        }

        Truncate(length);
        Length = length;
    }

    public void Flush()
    {
        var error = Kind == DeviceKind.Null ? 0 : SystemCalls.Flush(handle);
        if (error != 0)
        {
            throw new DeviceException(BdSyncExitStatus.Write, $"Flushing {Path} to stable storage failed: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    public Extent FindData(long offset)
    {
        // Some file systems look at every page up to the end of the data, so they are asked once. That what was data has become a
        // hole since does no harm; the other way round it would, so holes are not remembered.
        if (knownData is { } known && offset >= known.Start && offset < known.End)
        {
            return new(offset, known.End - offset);
        }

        if (Kind == DeviceKind.RegularFile && offset < Length)
        {
            var start = SystemCalls.Seek(handle, offset, SystemCalls.SeekData);
            if (start < 0 && Marshal.GetLastPInvokeError() == SystemCalls.NoData)
            {
                return new(Length, 0);
            }

            var end = start < 0 ? -1
                : knownData is { } next && next.Start == start ? next.End
                : SystemCalls.Seek(handle, start, SystemCalls.SeekHole);
            if (end > start)
            {
                knownData = new(Math.Min(start, Length), Math.Min(end, Length));
                return new(knownData.Start, knownData.End - knownData.Start);
            }
        }

        // A block device, or a file system that knows no holes.
        return new(offset, Math.Max(Length - offset, 0));
    }

    public void DropCache(Extent extent)
    {
        if (Kind != DeviceKind.Null && extent.Length > 0)
        {
            SystemCalls.DropCache(handle, extent.Offset, extent.Length);
        }
    }

    public void Dispose()
    {
        directHandle?.Dispose();
        handle.Dispose();
    }

    /// <summary>Finds out what a path leads to.</summary>
    /// <exception cref="DeviceException">Nothing that can be synchronised.</exception>
    public static (DeviceKind Kind, FileStatus Status) Examine(string path)
    {
        // The system calls take strings that end at a NUL: a path with one inside would name something else.
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new DeviceException(BdSyncExitStatus.Device, "A device can't be opened: its path is empty or contains a NUL character.");
        }

        var error = SystemCalls.GetFileStatus(path, out var status);
        if (error != 0)
        {
            throw new DeviceException(BdSyncExitStatus.Device, $"{path} can't be opened: {Marshal.GetPInvokeErrorMessage(error)}.");
        }

        return status.Kind is { } kind
            ? (kind, status)
            : throw new DeviceException(BdSyncExitStatus.Device, $"{path} can't be used: it is {status.Description}, not a block device or a regular file.");
    }

    private static DeviceFile Open(string path, string? name, DeviceKind kind, int? directFlags, Func<SafeFileHandle> open)
    {
        SafeFileHandle? handle = null;
        SafeFileHandle? directHandle = null;
        try
        {
            handle = open();
            directHandle = directFlags is { } flags && kind != DeviceKind.Null ? OpenDirect(path, flags) : null;
            return new DeviceFile(name ?? path, kind, handle, directHandle);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            handle?.Dispose();
            directHandle?.Dispose();
            throw new DeviceException(BdSyncExitStatus.Device, $"{path} can't be opened: {exception.Message}", exception);
        }
        catch
        {
            handle?.Dispose();
            directHandle?.Dispose();
            throw;
        }
    }

    private static bool IsInUse(string path)
    {
        using var probe = new SafeFileHandle(SystemCalls.Open(path, SystemCalls.OpenReadOnly | SystemCalls.OpenExclusive), ownsHandle: true);
        return probe.IsInvalid && Marshal.GetLastPInvokeError() == SystemCalls.Busy;
    }

    private static SafeFileHandle OpenDirect(string path, int flags)
    {
        var descriptor = SystemCalls.Open(path, flags | DirectAccess.OpenFlag);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new DeviceException(
                BdSyncExitStatus.Device, $"{path} can't be opened for direct I/O: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}. Leave --direct out.");
    }

    private static SafeFileHandle OpenBlockDevice(string path, FileStatus status, bool force)
    {
        var descriptor = SystemCalls.Open(path, SystemCalls.OpenReadWrite | (force ? 0 : SystemCalls.OpenExclusive));
        if (descriptor >= 0)
        {
            var handle = new SafeFileHandle(descriptor, ownsHandle: true);
            if (!SystemCalls.IsReadOnlyBlockDevice(handle))
            {
                return handle;
            }

            handle.Dispose();
            throw new DeviceException(BdSyncExitStatus.Device, $"{path} can't be opened for writing: it is read-only.");
        }

        var error = Marshal.GetLastPInvokeError();
        throw new DeviceException(
            BdSyncExitStatus.Device,
            error == SystemCalls.Busy
                ? $"{path} is in use{DeviceHolders.Describe(status.DeviceMajor, status.DeviceMinor)}; nothing was written to it. Release it, or force it."
                : $"{path} can't be opened for writing: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    private long GetLength()
    {
        switch (Kind)
        {
            case DeviceKind.Null:
                return 0;
            case DeviceKind.RegularFile:
                return RandomAccess.GetLength(handle);
            default:
                var error = SystemCalls.GetBlockDeviceLength(handle, out var length);
                return error == 0
                    ? checked((long)length)
                    : throw new DeviceException(BdSyncExitStatus.Device, $"The size of {Path} can't be read: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    private void Truncate(long length)
    {
        try
        {
            RandomAccess.SetLength(handle, length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            throw new SizeMismatchException($"{Path} has {Length} bytes and can't be made {length} bytes long: {exception.Message}", exception);
        }
    }

    private sealed record DataRun(long Start, long End);
}
