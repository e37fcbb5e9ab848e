namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>Spans of time as sshd_config(5), TIME FORMATS, has them: <c>90</c>, <c>5m</c>, <c>1h30m</c>.</summary>
internal static class TimeValue
{
    /// <summary>Reads a span.</summary>
    /// <param name="text">Numbers, each with one of s, m, h, d and w behind it; one without is seconds, and only the last can be.</param>
    /// <param name="seconds">0 to <see cref="int.MaxValue"/>.</param>
    public static bool TryParse(string text, out int seconds)
    {
        seconds = 0;
        long total = 0;
        long number = 0;
        var hasDigits = false;
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character))
            {
                number = (number * 10) + character - '0';
                hasDigits = true;
            }
            else if (hasDigits && GetUnit(character) is > 0 and var unit)
            {
                total += number * unit;
                number = 0;
                hasDigits = false;
            }
            else
            {
                return false;
            }

            if (number > int.MaxValue || total > int.MaxValue)
            {
                return false;
            }
        }

        total += number;
        seconds = total <= int.MaxValue ? (int)total : 0;
        return text.Length > 0 && total <= int.MaxValue;
    }

    private static int GetUnit(char character) => character switch
    {
        's' or 'S' => 1,
        'm' or 'M' => 60,
        'h' or 'H' => 3600,
        'd' or 'D' => 86_400,
        'w' or 'W' => 604_800,
        _ => 0,
    };
}
