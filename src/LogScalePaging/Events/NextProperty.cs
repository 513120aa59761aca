using System.Management.Automation;

namespace LogScalePaging.Events;

/// <summary>
/// Adds properties to objects. PowerShell copies each property that it adds, so only the copy is made: this object gives PowerShell a new
/// property when it asks for the copy.
/// </summary>
internal sealed class NextProperty() : PSNoteProperty("Next", null)
{
    private static readonly bool s_isCopied = IsCopied();
    private string _text = "";
    private object? _content;

    /// <summary>Adds a property without PowerShell's checks for existing and reserved names.</summary>
    /// <param name="properties">The properties of the object. None of them has this name.</param>
    /// <param name="name">The name; not empty.</param>
    /// <param name="value">The value.</param>
    public void AddTo(PSMemberInfoCollection<PSPropertyInfo> properties, string name, object? value)
    {
        (_text, _content) = (name, value);
        properties.Add(s_isCopied ? this : new PSNoteProperty(name, value), true);
    }

    /// <inheritdoc/>
    public override PSMemberInfo Copy() => new PSNoteProperty(_text, _content);

    // A PowerShell that adds the property itself would give all objects the same one.
    private static bool IsCopied()
    {
        var probe = new PSObject();
        probe.Properties.Add(new NextProperty { _text = "Probe" }, true);
        return probe.Properties["Probe"]?.GetType() == typeof(PSNoteProperty);
    }
}
