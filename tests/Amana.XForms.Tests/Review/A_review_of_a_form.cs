using Amana.XForms.Review;

namespace Amana.XForms.Tests.Review;

/// <summary>What the review finds, and what it leaves alone.</summary>
public class A_review_of_a_form
{
    private const string Head = "survey\n,type,name,label,required,relevant,constraint,default\n";
    private const string YesNo = "choices\n,list_name,name,label\n,yn,yes,Yes\n,yn,no,No\n";
    private const string Consent = ",select_one yn,consent,Do you agree to take part?,yes,,,\n";

    private static IReadOnlyList<FormFinding> Of(string survey, string choices = YesNo) => FormReview.Of(Forms.Form(Head + survey + choices));

    private static bool Finds(string rule, string survey, string choices = YesNo) => Of(survey, choices).Any(f => f.Rule == rule);

    [Fact]
    public void Misses_a_consent_question_before_personal_data()
    {
        var finding = Of(",text,full_name,What is your name?,,,,\n").Single(f => f.Rule == ReviewRules.ConsentMissing);
        Assert.Equal((FindingSeverity.Serious, 2, "/data/full_name"), (finding.Severity, finding.Place.Row, finding.Path));
        Assert.False(Finds(ReviewRules.ConsentMissing, ",integer,tents,How many tents are there?,,,,\n"));
        Assert.False(Finds(ReviewRules.ConsentMissing, Consent + ",text,full_name,What is your name?,,,,\n"));
    }

    [Fact]
    public void Wants_consent_first_open_and_binding()
    {
        Assert.True(Finds(ReviewRules.ConsentTooLate, ",text,full_name,What is your name?,,,,\n" + Consent));
        Assert.True(Finds(ReviewRules.ConsentPrefilled, ",select_one yn,consent,Do you agree to take part?,yes,,,yes\n"));
        Assert.True(Finds(ReviewRules.ConsentWithoutNo, ",select_one y,consent,Do you agree to take part?,,,,\n", "choices\n,list_name,name,label\n,y,yes,Yes\n"));
        Assert.True(Finds(ReviewRules.ConsentWithoutNo, ",acknowledge,consent,I agree to take part,,,,\n"));
        Assert.True(Finds(ReviewRules.ConsentNotBinding, Consent + ",text,full_name,What is your name?,,,,\n"));
        Assert.False(Finds(ReviewRules.ConsentNotBinding, Consent + ",text,full_name,What is your name?,,${consent} = 'yes',,\n"));
        Assert.False(Finds(ReviewRules.ConsentNotBinding, Consent + ",begin group,g,About you,,${consent} = 'yes',,\n,text,full_name,What is your name?,,,,\n,end group,,,,,,\n"));
        Assert.True(Finds(ReviewRules.ForcedAnswer, ",select_one yn,consent,Do you agree to take part?,yes,,. = 'yes',\n"));
    }

    [Theory]
    [InlineData("What is your religion?", "religion-or-belief")]
    [InlineData("Quelle est votre ethnie ?", "race-or-ethnic-origin")]
    [InlineData("ما هي ديانتك؟", "religion-or-belief")]
    [InlineData("¿Pertenece a un sindicato?", "association-membership")]
    [InlineData("Which political party do you support?", "political-opinion")]
    [InlineData("What is your sexual orientation?", "sex-life")]
    public void Names_the_special_category(string label, string topic) => Assert.Equal(topic, Of($",text,q1,{label},,,,\n").Single(f => f.Rule == ReviewRules.SensitiveTopic).Detail);

    [Theory]
    [InlineData("Do you trace your family?")]
    [InlineData("Where do you sleep?")]
    [InlineData("ما هي جنسيتك؟")]
    public void Takes_no_other_words_for_a_special_category(string label) => Assert.False(Finds(ReviewRules.SensitiveTopic, $",text,q1,{label},,,,\n"));

    [Theory]
    [InlineData("text", "respondentName", "Who are you?", "name")]
    [InlineData("text", "q2", "What is the name of the child?", "name")]
    [InlineData("text", "tel", "رقم الهاتف", "phone")]
    [InlineData("geopoint", "q3", "Where are we?", "exact location")]
    [InlineData("date", "q4", "Date de naissance", "birth date")]
    public void Knows_what_tells_who_a_person_is(string type, string name, string label, string what) =>
        Assert.Equal(what, Of($",{type},{name},{label},,,,\n").Single(f => f.Rule == ReviewRules.Identifier).Detail);

    [Theory]
    [InlineData("text", "camp_name", "Name of the camp")]
    [InlineData("date", "visit", "Date of the visit")]
    [InlineData("integer", "people", "How many people live here?")]
    public void Takes_nothing_else_for_an_identifier(string type, string name, string label) => Assert.False(Finds(ReviewRules.Identifier, $",{type},{name},{label},,,,\n"));

    [Fact]
    public void Wants_a_way_out_of_required_questions()
    {
        const string survey = ",select_one s,safe,How safe do you feel?,yes,,,\n";
        const string choices = "choices\n,list_name,name,label\n,s,safe,Safe\n,s,unsafe,Unsafe\n";
        Assert.True(Finds(ReviewRules.NoWayOut, survey, choices));
        Assert.False(Finds(ReviewRules.NoWayOut, survey, choices + ",s,pna,Prefer not to answer\n"));
        Assert.False(Finds(ReviewRules.NoWayOut, survey, choices + ",s,99,لا أعرف\n"));
        Assert.False(Finds(ReviewRules.NoWayOut, survey.Replace("yes", "", StringComparison.Ordinal), choices));
    }

    [Fact]
    public void Hears_leading_and_double_questions()
    {
        Assert.True(Finds(ReviewRules.LeadingWording, ",select_one yn,q1,\"Don't you think that the camp is safe?\",,,,\n"));
        Assert.False(Finds(ReviewRules.LeadingWording, ",select_one yn,q1,Is the camp safe?,,,,\n"));
        Assert.True(Finds(ReviewRules.DoubleBarrelled, ",select_one yn,q1,Is the water clean and the latrine lit at night?,,,,\n"));
        Assert.False(Finds(ReviewRules.DoubleBarrelled, ",select_one yn,q1,Is the water clean (at the tap and at home)?,,,,\n"));
        Assert.False(Finds(ReviewRules.DoubleBarrelled, ",select_one yn,q1,Y a-t-il un éclairage la nuit dans le camp ?,,,,\n"));
    }

    [Fact]
    public void Weighs_the_ends_of_a_scale()
    {
        const string survey = ",select_one s,q1,How was it?,,,,\n";
        Assert.True(Finds(ReviewRules.UnbalancedScale, survey, "choices\n,list_name,name,label\n,s,1,Excellent\n,s,2,Very good\n,s,3,Good\n,s,4,Poor\n"));
        Assert.False(Finds(ReviewRules.UnbalancedScale, survey, "choices\n,list_name,name,label\n,s,1,Very good\n,s,2,Good\n,s,3,Not good\n,s,4,Very bad\n"));
    }

    [Fact]
    public void Sees_constraints_that_force_and_patterns_that_hang()
    {
        Assert.True(Finds(ReviewRules.ForcedAnswer, ",select_multiple yn,q1,Which?,,,count-selected(.) >= 2,\n"));
        Assert.False(Finds(ReviewRules.ForcedAnswer, ",select_multiple yn,q1,Which?,,,count-selected(.) <= 2,\n"));
        Assert.Equal(FindingSeverity.Concern, Of(",text,q1,Code,,,\"regex(., '^([0-9]+)+$')\",\n").Single(f => f.Rule == ReviewRules.HazardousPattern).Severity);
        Assert.Equal(FindingSeverity.Serious, Of(",text,q1,Code,,,\"regex(., '(a)\\1')\",\n").Single(f => f.Rule == ReviewRules.HazardousPattern).Severity);
        Assert.False(Finds(ReviewRules.HazardousPattern, ",text,q1,Code,,,\"regex(., '^[A-Z]{2}[0-9]+$')\",\n"));
    }

    [Fact]
    public void Misses_age_sex_and_the_whole_short_set()
    {
        var bare = Of(",integer,tents,How many tents?,,,,\n").Select(f => f.Rule).ToList();
        Assert.Equal([ReviewRules.AgeMissing, ReviewRules.SexMissing, ReviewRules.DisabilitySet], bare);
        var part = Of(",select_one yn,a,Do you have difficulty seeing?,,,,\n,select_one yn,b,Do you have difficulty hearing?,,,,\n").Single(f => f.Rule == ReviewRules.DisabilitySet);
        Assert.Equal("walking, remembering, self-care, communicating", part.Detail);
    }

    [Fact]
    public void Wants_places_that_others_know_by_the_same_code()
    {
        Assert.True(Finds(ReviewRules.PlaceCodes, ",text,district,District,,,,\n"));
        Assert.True(Finds(ReviewRules.PlaceCodes, ",select_one d,district,District,,,,\n", "choices\n,list_name,name,label\n,d,north,North\n,d,south,South\n,d,west,West\n"));
        Assert.False(Finds(ReviewRules.PlaceCodes, ",select_one d,district,District,,,,\n", "choices\n,list_name,name,label\n,d,SY0101,North\n,d,SY0102,South\n,d,SY0103,West\n"));
    }

    [Fact]
    public void Names_the_language_that_lacks_a_text()
    {
        var form = Forms.Form("survey\n,type,name,label::English (en),label::Arabic (ar)\n,text,q1,What?,ماذا؟\n,text,q2,Where?,\n");
        var gap = FormReview.Of(form).Single(f => f.Rule == ReviewRules.LanguageGap);
        Assert.Equal(("/data/q2", "Arabic (ar)", 3), (gap.Path, gap.Detail, gap.Place.Row));
    }

    [Fact]
    public void Is_the_same_each_time_and_uses_known_rules_only()
    {
        foreach (var name in new[] { "whova_form.xlsx", "ifrc-distribution-site-assessment-v1.xlsx", "socio-economic-survey-v20240515.xlsx" })
        {
            var form = Forms.Real(name).Form!;
            var findings = FormReview.Of(form);
            Assert.Equal(findings, FormReview.Of(form));
            Assert.All(findings, f => Assert.Contains(f.Rule, ReviewRules.All));
            Assert.NotEmpty(findings);
        }
    }
}
