using System.Collections;
using System.Reflection;
using System.Text;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

/// <summary>Looks for secrets in everything that a run lets out.</summary>
internal sealed class SecretSearch(GatewayBench bench)
{
    private const int Depth = 5;
    private readonly StringBuilder _found = new();
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>Adds an object with all that its public properties lead to; of an exception its text as well.</summary>
    public SecretSearch In(object? value)
    {
        Dump(value, Depth);
        return this;
    }

    /// <summary>Adds every file below a folder, and its name.</summary>
    public SecretSearch InFiles(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            _found.AppendLine(file).AppendLine(Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        return this;
    }

    public void AssertNone()
    {
        In(bench.Told);
        var text = _found.ToString();
        Assert.DoesNotContain(GatewayBench.Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(GatewayBench.Secret), text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{bench.Gateway.ClientId}:{GatewayBench.Secret}")), text,
            StringComparison.Ordinal);
        foreach (var token in bench.Server.Tokens)
            Assert.DoesNotContain(token.Text, text, StringComparison.Ordinal);
    }

    private void Dump(object? value, int depth)
    {
        if (value is null)
            return;
        _found.AppendLine(value.ToString());
        if (depth == 0 || value is string || value.GetType().IsPrimitive
            || value.GetType().Namespace?.StartsWith("System.Reflection", StringComparison.Ordinal) == true || !_seen.Add(value))
            return;
        if (value is IEnumerable items)
        {
            foreach (var item in items)
                Dump(item, depth - 1);
            return;
        }
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(
            p => p.GetIndexParameters().Length == 0))
        {
            object? inner = null;
            try
            {
                inner = property.GetValue(value);
            }
            catch (TargetInvocationException)
            {
                // A stream has no length to tell, and so on.
            }
            Dump(inner, depth - 1);
        }
    }
}
