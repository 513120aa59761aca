namespace LogScalePaging.Simulator;

/// <summary>How a token says which tenant it is for. No public source shows it, so each form is a setting.</summary>
public enum TokenTenantForm
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>In <c>member_cid</c> of the answer.</summary>
    Answer,

    /// <summary>In the claim <c>cid</c> of the token.</summary>
    Claim,
}
