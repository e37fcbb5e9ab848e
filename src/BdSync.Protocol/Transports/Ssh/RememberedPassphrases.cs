namespace BdSync.Protocol.Transports.Ssh;

/// <summary>
/// Asks for a passphrase once: a connection that is opened again, perhaps at night, gets the answers of the first one. For one loading of keys
/// after the other.
/// </summary>
internal sealed class RememberedPassphrases(Func<string, string?>? ask)
{
    private readonly Dictionary<string, string> answers = [];

    /// <summary>For one loading of keys; null where nobody can be asked. A question that comes twice shows that the first answer was wrong.</summary>
    public Func<string, string?>? StartAsking()
    {
        if (ask is null)
        {
            return null;
        }

        var asked = new HashSet<string>();
        return question =>
        {
            if (asked.Add(question) && answers.TryGetValue(question, out var known))
            {
                return known;
            }

            var answer = ask(question);
            if (answer is not null)
            {
                answers[question] = answer;
            }

            return answer;
        };
    }
}
