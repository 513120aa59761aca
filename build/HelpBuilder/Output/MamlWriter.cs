using System.Globalization;
using System.Text;
using System.Xml;
using LogScalePaging.HelpBuilder.Cmdlets;
using LogScalePaging.HelpBuilder.Pages;

namespace LogScalePaging.HelpBuilder.Output;

/// <summary>Writes the file that Get-Help reads, in PowerShell 7 and in Windows PowerShell 5.1.</summary>
internal sealed class MamlWriter
{
    private const string Maml = "http://schemas.microsoft.com/maml/2004/10";
    private const string Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private const string Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private readonly XmlWriter _xml;

    private MamlWriter(XmlWriter xml) => _xml = xml;

    /// <summary>Writes the help of all cmdlets.</summary>
    /// <param name="stream">Takes the file, in UTF-8.</param>
    /// <param name="help">The pages with their cmdlets.</param>
    public static void Write(Stream stream, IEnumerable<(HelpPage Page, CmdletModel Cmdlet)> help)
    {
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        using var xml = XmlWriter.Create(stream, settings);
        xml.WriteStartElement("helpItems", "http://msh");
        xml.WriteAttributeString("schema", "maml");
        foreach (var (page, cmdlet) in help)
            new MamlWriter(xml).WriteCommand(page, cmdlet);
        xml.WriteEndElement();
    }

    private void WriteCommand(HelpPage page, CmdletModel cmdlet)
    {
        _xml.WriteStartElement("command", "command", Command);
        _xml.WriteAttributeString("xmlns", "maml", null, Maml);
        _xml.WriteAttributeString("xmlns", "dev", null, Dev);
        Element("command:details", () =>
        {
            Text("command:name", cmdlet.Name);
            Text("command:verb", cmdlet.Verb);
            Text("command:noun", cmdlet.Noun);
            Paragraphs("maml:description", page.Synopsis);
        });
        Paragraphs("maml:description", page.Description);
        Element("command:syntax", () => Each(cmdlet.Sets, set => Element("command:syntaxItem", () =>
        {
            Text("maml:name", cmdlet.Name);
            foreach (var (parameter, use) in cmdlet.ParametersOf(set))
                WriteParameter(page.Parameters.First(e => e.Name == parameter.Name), parameter, use);
        })));
        Element("command:parameters", () => Each(page.Parameters, entry =>
        {
            var parameter = cmdlet.Parameters.First(p => p.Name == entry.Name);
            WriteParameter(entry, parameter, cmdlet.Sets.Select(s => parameter.UseIn(s.Name)).OfType<ParameterUse>().First());
        }));
        Element("command:inputTypes", () => Each(page.Inputs, input => WriteType("command:inputType", input)));
        Element("command:returnValues", () => Each(page.Outputs, output => WriteType("command:returnValue", output)));
        Element("maml:alertSet", () =>
        {
            if (page.Notes.Count > 0)
                Paragraphs("maml:alert", page.Notes);
        });
        Element("command:examples", () => Each(page.Examples, WriteExample));
        Element("command:relatedLinks", () => Each(page.Links, link => Element("maml:navigationLink", () =>
        {
            Text("maml:linkText", link.Text);
            Text("maml:uri", link.Address);
        })));
        _xml.WriteEndElement();
    }

    private void WriteParameter(PageParameter entry, ParameterModel parameter, ParameterUse use) => Element("command:parameter", () =>
    {
        Attribute("required", use.IsRequired);
        Attribute("variableLength", parameter.IsArray);
        Attribute("globbing", parameter.AcceptsWildcards);
        _xml.WriteAttributeString("pipelineInput", use.Pipeline.Length == 0 ? "false" : $"true ({use.Pipeline})");
        _xml.WriteAttributeString("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named");
        _xml.WriteAttributeString("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases));
        Text("maml:name", parameter.Name);
        Paragraphs("maml:description", entry.Text);
        if (parameter.AcceptedValues.Count > 0)
            Element("command:parameterValueGroup", () => Each(parameter.AcceptedValues, v => Value(v, false, false)));
        if (!parameter.IsSwitch)
            Value(parameter.TypeName, true, parameter.IsArray);
        Element("dev:type", () =>
        {
            Text("maml:name", parameter.FullTypeName);
            Text("maml:uri", "");
        });
        Text("dev:defaultValue", entry.DefaultValue ?? "None");
    });

    private void Value(string text, bool required, bool several) => Element("command:parameterValue", () =>
    {
        Attribute("required", required);
        Attribute("variableLength", several);
        _xml.WriteString(text);
    });

    private void WriteType(string element, PageType type) => Element(element, () =>
    {
        Element("dev:type", () => Text("maml:name", type.Name));
        Paragraphs("maml:description", type.Text);
    });

    private void WriteExample(PageExample example) => Element("command:example", () =>
    {
        Text("maml:title", $"---------- {example.Title} ----------");
        Text("dev:code", example.Code);
        Paragraphs("dev:remarks", example.Remarks);
    });

    private void Paragraphs(string element, IEnumerable<string> paragraphs) =>
        Element(element, () => Each(paragraphs, p => Text("maml:para", p)));

    private void Text(string element, string text) => Element(element, () => _xml.WriteString(text));

    private void Attribute(string name, bool value) => _xml.WriteAttributeString(name, value ? "true" : "false");

    private void Element(string name, Action content)
    {
        var parts = name.Split(':');
        _xml.WriteStartElement(parts[0], parts[1], parts[0] switch { "maml" => Maml, "dev" => Dev, _ => Command });
        content();
        _xml.WriteEndElement();
    }

    private static void Each<T>(IEnumerable<T> items, Action<T> write)
    {
        foreach (var item in items)
            write(item);
    }
}
