namespace Amana.Domain.Consent;

/// <summary>States of a consent, named as the Data Privacy Vocabulary names them (dpv:ConsentStatus). Only <see cref="Given"/> and <see cref="Renewed"/> permit use.</summary>
public enum ConsentState
{
    /// <summary>dpv:ConsentGiven.</summary>
    Given,

    /// <summary>dpv:ConsentWithdrawn, by the person.</summary>
    Withdrawn,

    /// <summary>dpv:ConsentUnknown: nobody asked, because another legal basis carries the data.</summary>
    Unknown,

    /// <summary>dpv:ConsentRequested: asked anew, not answered yet.</summary>
    Requested,

    /// <summary>dpv:ConsentRefused: asked anew, and the answer was no.</summary>
    Refused,

    /// <summary>dpv:RenewedConsentGiven.</summary>
    Renewed,

    /// <summary>dpv:ConsentExpired: lapsed by time.</summary>
    Expired,

    /// <summary>dpv:ConsentInvalidated: found not to have been a free and informed yes.</summary>
    Invalidated,
}

/// <summary>What can happen to a consent.</summary>
public enum ConsentAct { Give, Request, Refuse, Renew, Withdraw, Invalidate, Lapse }

/// <summary>Which state follows from which. What is not in the table does not happen.</summary>
public static class ConsentStates
{
    /// <summary>The state after the act; none when the act has no place in this state.</summary>
    public static ConsentState? After(ConsentState state, ConsentAct act) => (state, act) switch
    {
        (ConsentState.Unknown or ConsentState.Requested, ConsentAct.Give) => ConsentState.Given,
        (ConsentState.Unknown or ConsentState.Expired or ConsentState.Invalidated, ConsentAct.Request) => ConsentState.Requested,
        (ConsentState.Unknown or ConsentState.Requested or ConsentState.Expired, ConsentAct.Refuse) => ConsentState.Refused,
        (ConsentState.Given or ConsentState.Renewed or ConsentState.Expired or ConsentState.Requested, ConsentAct.Renew) => ConsentState.Renewed,
        (ConsentState.Given or ConsentState.Renewed, ConsentAct.Lapse) => ConsentState.Expired,
        (ConsentState.Withdrawn or ConsentState.Refused or ConsentState.Invalidated, ConsentAct.Invalidate) => null,
        (_, ConsentAct.Invalidate) => ConsentState.Invalidated,
        (ConsentState.Withdrawn, ConsentAct.Withdraw) => null,
        (_, ConsentAct.Withdraw) => ConsentState.Withdrawn,
        _ => null,
    };

    public static bool PermitsUse(ConsentState state) => state is ConsentState.Given or ConsentState.Renewed;

    /// <summary>Use has ended for good and the data is disposed of, or the person is told which other basis keeps it.</summary>
    public static bool HasEnded(ConsentState state) => state is ConsentState.Withdrawn or ConsentState.Refused or ConsentState.Invalidated;
}
