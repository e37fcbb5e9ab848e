using System.Buffers;

namespace BdSync.Protocol.Wire;

/// <summary>A message as it came from the stream. It lies in the reader's buffer: valid until the next one is read.</summary>
internal readonly record struct Frame(MessageType Type, ReadOnlySequence<byte> Payload);
