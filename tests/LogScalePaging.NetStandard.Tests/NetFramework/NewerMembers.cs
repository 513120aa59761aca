#if NETFRAMEWORK
using System.Net.Sockets;

namespace LogScalePaging.Core.Tests;

/// <summary>Members of newer frameworks that the tests call and the Polyfill package does not have.</summary>
internal static class NewerMembers
{
    extension(Task)
    {
        public static Task Delay(TimeSpan delay, TimeProvider time, CancellationToken cancellationToken) =>
            time.Delay(delay, cancellationToken);
    }

    extension(Convert)
    {
        public static string ToBase64String(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes.ToArray());
    }

    extension(Task task)
    {
        public bool IsCompletedSuccessfully => task.Status == TaskStatus.RanToCompletion;
    }

    extension(string text)
    {
        // Only ordinal comparisons are used.
        public string Replace(string old, string by, StringComparison comparison) =>
            comparison == StringComparison.Ordinal ? text.Replace(old, by) : throw new NotSupportedException();
    }

    extension(TcpListener listener)
    {
        public async Task<Socket> AcceptSocketAsync(CancellationToken cancellationToken)
        {
            using var stopping = cancellationToken.Register(listener.Stop);
            return await listener.AcceptSocketAsync();
        }
    }

    extension(Socket socket)
    {
        public Task<int> ReceiveAsync(byte[] buffer) => socket.ReceiveAsync(new ArraySegment<byte>(buffer), SocketFlags.None);

        public Task<int> SendAsync(byte[] bytes) => socket.SendAsync(new ArraySegment<byte>(bytes), SocketFlags.None);
    }
}
#endif
