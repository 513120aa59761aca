using System.Xml.Linq;
using LogScalePaging.HelpBuilder.Output;

namespace LogScalePaging.HelpBuilder.Tests;

public sealed class MamlWriterTests
{
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    private readonly XElement _root = Write(Sample.Text);

    private XElement Command => _root.Elements(s_command + "command").Single();

    [Fact]
    public void The_file_is_one_that_Windows_PowerShell_reads_too()
    {
        Assert.Equal(XName.Get("helpItems", "http://msh"), _root.Name);
        Assert.Equal("maml", _root.Attribute("schema")!.Value);
        Assert.Equal(
            ["details", "description", "syntax", "parameters", "inputTypes", "returnValues", "alertSet", "examples", "relatedLinks"],
            Command.Elements().Select(e => e.Name.LocalName));
        var details = Command.Element(s_command + "details")!;
        Assert.Equal(["Get-Sample", "Get", "Sample", "Gets a sample."], details.Elements().Select(e => e.Value));
    }

    [Fact]
    public void Lines_of_a_paragraph_become_one_and_items_of_a_list_paragraphs() =>
        Assert.Equal(["The first paragraph has two lines.", "- one", "- two"], Paragraphs(Command.Element(s_maml + "description")!));

    [Fact]
    public void A_parameter_set_has_its_parameters_in_the_order_of_Get_Command()
    {
        var sets = Command.Descendants(s_command + "syntaxItem").Select(s => s.Elements(s_command + "parameter").Select(Name)).ToList();
        Assert.Equal(["Name", "Path", "Kind", "Argument", "Limit", "WhatIf", "Confirm"], sets[0]);
        Assert.Equal(["Path", "Id", "Exact", "Kind", "Level", "Argument", "Limit", "WhatIf", "Confirm"], sets[1]);
    }

    [Fact]
    public void A_parameter_is_described_for_its_set()
    {
        var parameters = Command.Descendants(s_command + "syntaxItem").SelectMany(s => s.Elements(s_command + "parameter"));
        Assert.Equal(["required=false variableLength=true globbing=true pipelineInput=false position=1 aliases=FilePath, PSPath",
            "required=true variableLength=true globbing=true pipelineInput=false position=0 aliases=FilePath, PSPath"],
            parameters.Where(p => Name(p) == "Path").Select(p => string.Join(' ', p.Attributes().Select(a => $"{a.Name}={a.Value}"))));
    }

    [Fact]
    public void Parameters_have_the_order_of_the_page_and_its_default_values()
    {
        var parameters = Command.Element(s_command + "parameters")!.Elements().ToList();
        Assert.Equal(["Name", "Kind", "Argument", "Exact", "Id", "Level", "Limit", "Path", "WhatIf", "Confirm"], parameters.Select(Name));
        var kind = parameters[1];
        Assert.Equal(
            ["Kind", "The kind.", "SmallLarge", "SampleKind", "LogScalePaging.HelpBuilder.Tests.SampleKind", "Small"],
            kind.Elements().Select(e => e.Value));
        Assert.DoesNotContain(parameters[3].Elements(), e => e.Name == s_command + "parameterValue");
    }

    [Fact]
    public void Examples_types_notes_and_links_are_there()
    {
        var example = Command.Descendants(s_command + "example").Single();
        Assert.Equal(
            ["---------- Example 1: One sample ----------", "$name = '*'\nGet-Sample $name", "It gives one."],
            example.Elements().Select(e => e.Value));
        Assert.Equal("System.StringA name.", Command.Element(s_command + "inputTypes")!.Value);
        Assert.Equal("Sample.TextA text.", Command.Element(s_command + "returnValues")!.Value);
        Assert.Equal(["A note."], Paragraphs(Command.Descendants(s_maml + "alert").Single()));
        var link = Command.Descendants(s_maml + "navigationLink").Single();
        Assert.Equal(["about_Other", "https://example.com/other"], link.Elements().Select(e => e.Value));
    }

    [Theory]
    [InlineData(@"`a*b` and \*c\* [d](https://e) **f** <https://g>", "a*b and *c* d f https://g")]
    [InlineData("A `<name>` &amp; FALCON_CLIENT_ID", "A <name> & FALCON_CLIENT_ID")]
    [InlineData("1. one\n2. two", "1. one|2. two")]
    [InlineData("Code:\n\n```powershell\na\n\n  b\n```", "Code:|a\n\n  b")]
    public void Markup_becomes_plain_text(string markdown, string expected)
    {
        var command = Write(Sample.With("A note.", markdown)).Elements().Single();
        Assert.Equal(expected.Split('|'), Paragraphs(command.Descendants(s_maml + "alert").Single()));
    }

    private static XElement Write(string text)
    {
        using var stream = new MemoryStream();
        MamlWriter.Write(stream, [(Sample.Read(text), Sample.Cmdlet)]);
        stream.Position = 0;
        return XElement.Load(stream);
    }

    private static string Name(XElement parameter) => parameter.Element(s_maml + "name")!.Value;

    private static IEnumerable<string> Paragraphs(XElement element) => element.Elements(s_maml + "para").Select(e => e.Value);
}
