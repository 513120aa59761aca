using System.Text;
using LogScalePaging.Json;

namespace LogScalePaging.Core.Tests.Paging;

public class JsonDecoderTests
{
    [Theory]
    [InlineData("\\u12", "\\u12")]
    [InlineData("\\x41", "\\x41")]
    [InlineData("\\", "\\")]
    [InlineData("a\\u0041\\u00e9\\u20ac\\ud83d\\ude00z", "aAé€😀z")]
    [InlineData("\\ud83d\\ud83d\\ude00", "\ufffd😀")]
    [InlineData("\\ud83dx", "\ufffdx")]
    public void Escapes_AreDecodedOrKept(string raw, string text) =>
        Assert.Equal(text, new JsonDecoder().DecodeToString(Encoding.UTF8.GetBytes(raw)));
}
