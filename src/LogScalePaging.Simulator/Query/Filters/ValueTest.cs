using System.Text.RegularExpressions;
using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Query.Filters;

/// <summary>A condition on a value.</summary>
internal abstract class ValueTest
{
    public abstract bool Passes(in FieldValue value);

    /// <summary>Equality, or a comparison with a pattern if the text has wildcards.</summary>
    public static ValueTest Matching(string text)
    {
        var pattern = new Wildcards(text, ignoreCase: false);
        return pattern.Literal is { } literal ? new Equality(literal) : new PatternTest(pattern);
    }

    public static ValueTest Matching(Regex regex) => new RegexTest(regex);

    /// <param name="op">One of &lt;, &lt;=, &gt;, &gt;=.</param>
    public static ValueTest Compared(string op, double number) => new Comparison(op, number);

    public static ValueTest AnyOf(IEnumerable<ValueTest> tests) => new Any([.. tests]);

    private sealed class Equality(string text) : ValueTest
    {
        private readonly byte[] _text = Utf8.Bytes(text);

        public override bool Passes(in FieldValue value) => value.Is(_text);
    }

    private sealed class PatternTest(Wildcards pattern) : ValueTest
    {
        public override bool Passes(in FieldValue value) => pattern.MatchesAll || pattern.IsMatch(value.Text);
    }

    private sealed class RegexTest(Regex regex) : ValueTest
    {
        public override bool Passes(in FieldValue value) => regex.IsMatch(value.Text);
    }

    private sealed class Comparison(string op, double number) : ValueTest
    {
        public override bool Passes(in FieldValue value) => value.TryNumber(out var v) && op switch
        {
            "<" => v < number,
            "<=" => v <= number,
            ">" => v > number,
            _ => v >= number,
        };
    }

    private sealed class Any(ValueTest[] tests) : ValueTest
    {
        public override bool Passes(in FieldValue value)
        {
            foreach (var test in tests)
            {
                if (test.Passes(value))
                    return true;
            }
            return false;
        }
    }
}
