using System.Text;

namespace BdSync.Lvm;

/// <summary>What a program has printed, up to a cap; the rest is read and dropped, so that the program comes to its end.</summary>
/// <param name="Text">The start of it, as UTF-8.</param>
/// <param name="IsCut">Whether there was more.</param>
internal sealed record CappedText(string Text, bool IsCut)
{
    public static async Task<CappedText> ReadAsync(Stream stream, int maxLength)
    {
        var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        var isCut = false;
        int read;
        while ((read = await stream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            var room = Math.Min(read, maxLength - (int)kept.Length);
            isCut |= room < read;
            kept.Write(buffer, 0, room);
        }

        return new(Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length), isCut);
    }
}
