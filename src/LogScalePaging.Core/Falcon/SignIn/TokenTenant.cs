using System.Text;
using System.Text.Json;
using LogScalePaging.Json;

namespace LogScalePaging.Falcon.SignIn;

/// <summary>
/// Finds the tenant that the answer of the token endpoint names, if it names one: beside the token, or in the token's claims.
/// </summary>
internal static class TokenTenant
{
    private static readonly string[] s_names = ["member_cid", "cid"];

    /// <summary>The CID; null if the answer names none.</summary>
    public static string? Find(JsonElement answer, string token) => In(answer) ?? In(token);

    private static string? In(JsonElement members) =>
        s_names.Select(name => MemberCids.Recognise(AnswerJson.Text(members, name))).FirstOrDefault(cid => cid is not null);

    // Three parts in base64url with dots between them. The second part has the claims. The signature is not checked, because a token is
    // only compared with what was requested.
    private static string? In(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
            return null;
        var text = parts[1].Replace('-', '+').Replace('_', '/');
        try
        {
            var claims = Convert.FromBase64String(text + new string('=', (4 - (text.Length % 4)) % 4));
            using var document = AnswerJson.Parse(Encoding.UTF8.GetString(claims));
            return In(document.RootElement);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
