using CsCheck;

namespace Amana.TransparencyLog.Tests;

public class A_note_key
{
    [Fact]
    public void Reads_and_writes_the_published_key()
    {
        Assert.True(NoteVerifier.TryParse(Vectors.GoVerifierKey, out var verifier, out _));
        Assert.Equal("PeterNeumann", verifier.Name);
        Assert.Equal(0xc74f20a3u, verifier.KeyId);
        Assert.Equal(Vectors.GoVerifierKey, verifier.ToString());
    }

    [Fact]
    public void From_the_published_seed_signs_the_published_note_byte_for_byte()
    {
        using var signer = Vectors.GoSigner();
        Assert.Equal(Vectors.GoVerifierKey, signer.Verifier.ToString());
        Assert.Equal(Vectors.GoNote, SignedNote.Sign(Vectors.GoText, signer).ToString());
    }

    [Fact]
    public void Cut_or_changed_anywhere_is_refused()
    {
        var key = Vectors.GoVerifierKey;
        for (var length = 0; length < key.Length; length++)
            Assert.False(NoteVerifier.TryParse(key[..length], out _, out _));
        for (var i = 0; i < key.Length; i++)
            Assert.False(NoteVerifier.TryParse(key[..i] + (char)(key[i] + 1) + key[(i + 1)..], out _, out _), $"changed at {i}");
    }

    [Fact]
    public void With_a_name_that_a_signature_line_cannot_carry_is_a_bug()
    {
        Assert.Throws<ArgumentException>(() => NoteSigner.FromSeed("two words", new byte[32]));
        Assert.Throws<ArgumentException>(() => NoteSigner.FromSeed("a+b", new byte[32]));
        Assert.Throws<ArgumentException>(() => NoteSigner.FromSeed("", new byte[32]));
    }
}

public class A_signed_note
{
    [Fact]
    public void As_published_is_genuine()
    {
        Assert.True(SignedNote.TryParse(Vectors.GoNote, out var note, out _));
        Assert.Equal(Vectors.GoText, note.Text);
        Assert.True(note.Examine([NoteVerifier.Parse(Vectors.GoVerifierKey)]).Genuine);
        Assert.Equal(Vectors.GoNote, note.ToString());
    }

    [Fact]
    public void Changed_in_its_text_is_forged()
    {
        Assert.True(SignedNote.TryParse(Vectors.GoNote.Replace("answer", "cause!", StringComparison.Ordinal), out var note, out _));
        var examination = note.Examine([NoteVerifier.Parse(Vectors.GoVerifierKey)]);
        Assert.False(examination.Genuine);
        Assert.Single(examination.Forged);
    }

    [Fact]
    public void Of_unknown_keys_only_vouches_for_nothing()
    {
        using var stranger = Vectors.Signer("PeterNeumann", 9);
        var note = SignedNote.Sign(Vectors.GoText, stranger);
        var examination = note.Examine([NoteVerifier.Parse(Vectors.GoVerifierKey)]);
        Assert.False(examination.Genuine);
        Assert.Empty(examination.Forged);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n\u2014 name AAAAAAA=")]
    [InlineData("text\n\n- name AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 name\n")]
    [InlineData("text\n\n\u2014 na me AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 name AAAA\n")]
    [InlineData("text\n\n\u2014 name AAAAAAB=\n")]
    [InlineData("te\txt\n\n\u2014 name AAAAAAA=\n")]
    [InlineData("text\r\n\n\u2014 name AAAAAAA=\n")]
    public void Out_of_form_is_refused(string text) => Assert.False(SignedNote.TryParse(text, out _, out _));

    [Fact]
    public void Carries_sixteen_signatures()
    {
        var signers = Enumerable.Range(1, 16).Select(i => Vectors.Signer($"witness.example/{i}", (byte)i)).ToArray();
        var note = SignedNote.Sign("hello\n", signers);
        Assert.True(SignedNote.TryParse(note.ToString(), out var read, out _));
        Assert.Equal(16, read.Examine(signers.Select(s => s.Verifier)).SignedBy.Count);
        foreach (var signer in signers)
            signer.Dispose();
    }
}

public class A_checkpoint
{
    private const string Published =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n" +
        "\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

    [Fact]
    public void In_the_form_that_the_specification_shows_is_read_and_written_alike()
    {
        Assert.True(SignedCheckpoint.TryParse(Published, out var signed, out _));
        Assert.Equal("example.com/behind-the-sofa", signed.Checkpoint.Origin);
        Assert.Equal(20852163, signed.Checkpoint.Size);
        Assert.Equal(Published, signed.ToString());
    }

    [Fact]
    public void Signed_by_log_and_witness_is_genuine_for_either()
    {
        using var log = Vectors.Signer("ledger.example", 1);
        using var witness = Vectors.Signer("witness.example", 2);
        var signed = new Checkpoint("ledger.example", 5, Vectors.Tree(5).Root(), ["seen at noon"]).SignedBy(log).SignedAlsoBy(witness);
        Assert.True(SignedCheckpoint.TryParse(signed.ToString(), out var read, out _));
        Assert.Equal(signed.Checkpoint, read.Checkpoint);
        Assert.True(read.Examine([log.Verifier]).Genuine);
        Assert.Equal(2, read.Examine([log.Verifier, witness.Verifier]).SignedBy.Count);
    }

    [Theory]
    [InlineData("origin\n1\n")]
    [InlineData("\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("origin\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("origin\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("origin\n+1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")]
    [InlineData("origin\n1\nCsUYapGGPo4dkMgI\n")]
    [InlineData("origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")]
    [InlineData("origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\nextra\n")]
    [InlineData("origin\n99999999999999999999\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    public void Out_of_form_is_refused(string text) => Assert.False(Checkpoint.TryParse(text, out _, out _));

    [Fact]
    public void Changed_in_any_character_is_never_genuine_for_a_changed_text()
    {
        using var log = Vectors.Signer("ledger.example", 1);
        var text = new Checkpoint("ledger.example", 12345, Vectors.Tree(9).Root()).SignedBy(log).ToString();
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Char[' ', '~']).Sample((at, c) =>
        {
            var changed = text[..at] + c + text[(at + 1)..];
            return string.Equals(changed, text, StringComparison.Ordinal)
                || !SignedCheckpoint.TryParse(changed, out var signed, out _) || !signed.Examine([log.Verifier]).Genuine;
        }, iter: 2000);
    }
}
