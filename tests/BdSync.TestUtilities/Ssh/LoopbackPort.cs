using System.Net;
using System.Net.Sockets;

namespace BdSync.TestUtilities.Ssh;

/// <summary>Ports for servers that can't be given a socket.</summary>
internal static class LoopbackPort
{
    /// <summary>A port that nobody listens on at the moment; another program may be faster in taking it.</summary>
    public static int FindFree()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
