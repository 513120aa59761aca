using System.Globalization;

namespace LogScalePaging.Simulator.Query.Parsing;

/// <content>Assignments: <c>field := a + b</c>.</content>
internal sealed partial class QueryParser
{
    private bool IsAssignment()
        => Current.Kind is TokenKind.Word or TokenKind.Quoted && _tokens[_at + 1] is { Kind: TokenKind.Operator, Text: ":=" };

    private Assignment Assignment()
    {
        var field = Value();
        var op = _tokens[_at++];
        Operand left = Operand(), right = new(0, null, null);
        var isMinus = Current.IsKeyword("-");
        if (isMinus || Current.IsKeyword("+"))
        {
            _at++;
            right = Operand();
        }
        return left.Number is null || right.Number is null ? new Assignment(field, left, right, isMinus)
            : throw Error("Assignments of constants are not supported by this server", op);
    }

    private Operand Operand()
    {
        if (IsCall())
        {
            var name = Current;
            var call = Call();
            return call.Arguments.Count == 0 && call.Name.ToLowerInvariant() is "now" or "start" or "end"
                ? new Operand(null, null, call.Name.ToLowerInvariant())
                : throw Error($"The function {call.Name} is not supported in an assignment", name);
        }
        var text = Value();
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? new Operand(number, null, null)
            : new Operand(null, text, null);
    }
}
