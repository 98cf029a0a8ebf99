using System.Security.Cryptography;
using CsCheck;

namespace Amana.TransparencyLog.Tests;

public class A_merkle_tree
{
    [Fact]
    public void Without_entries_has_the_hash_of_nothing_as_root()
    {
        Assert.Equal(Vectors.Roots[0], TreeHash.EmptyTree.ToString());
        Assert.Equal(TreeHash.EmptyTree, new MerkleTree().Root());
        Assert.Equal(TreeHash.EmptyTree, new CompactRange().Root());
    }

    [Fact]
    public void Has_the_published_roots_at_every_size_up_to_eight()
    {
        var whole = new MerkleTree(Vectors.Leaves.Select(l => TreeHash.OfLeaf(l)));
        var range = new CompactRange();
        for (var size = 0; size <= 8; size++)
        {
            Assert.Equal(Vectors.Roots[size], whole.Root(size).ToString());
            Assert.Equal(Vectors.Roots[size], range.Root().ToString());
            if (size < 8)
                range.Append(TreeHash.OfLeaf(Vectors.Leaves[size]));
        }
    }

    [Fact]
    public void Gives_the_published_inclusion_proofs()
    {
        var tree = new MerkleTree(Vectors.Leaves.Select(l => TreeHash.OfLeaf(l)));
        Assert.Equal(
            ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
             "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"],
            tree.InclusionProof(0, 8).Select(h => h.ToString()));
        Assert.Equal(
            ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
             "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
            tree.InclusionProof(5, 8).Select(h => h.ToString()));
        Assert.Empty(tree.InclusionProof(0, 1));
    }

    [Fact]
    public void Gives_the_published_consistency_proofs()
    {
        var tree = new MerkleTree(Vectors.Leaves.Select(l => TreeHash.OfLeaf(l)));
        Assert.Empty(tree.ConsistencyProof(1, 1));
        Assert.Equal(
            ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
             "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
            tree.ConsistencyProof(6, 8).Select(h => h.ToString()));
        Assert.Equal(
            ["5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"],
            tree.ConsistencyProof(2, 5).Select(h => h.ToString()));
    }

    [Fact]
    public void Hashes_an_entry_of_any_length_with_a_zero_in_front() =>
        Gen.Byte.Array[0, 2000].Sample(entry => TreeHash.OfLeaf(entry) == new TreeHash(SHA256.HashData([0, .. entry])), iter: 300);

    [Fact]
    public void Agrees_with_the_recursive_definition_at_every_size()
    {
        var leaves = Enumerable.Range(0, 70).Select(i => TreeHash.OfLeaf(Vectors.Entry(i))).ToArray();
        var tree = new MerkleTree(leaves);
        for (var size = 0; size <= leaves.Length; size++)
        {
            Assert.Equal(ByDefinition(leaves.AsSpan(0, size)), tree.Root(size));
            Assert.Equal(tree.Root(size), CompactRange.RootOf(leaves.Take(size)));
        }
    }

    [Fact]
    public void Goes_on_from_a_stored_frontier_as_if_it_had_never_stopped() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300]).Sample((first, more) =>
        {
            var whole = Vectors.Tree(first + more);
            var range = new CompactRange();
            for (var i = 0; i < first; i++)
                range.Append(TreeHash.OfLeaf(Vectors.Entry(i)));
            var restored = CompactRange.FromBytes(range.ToBytes());
            for (var i = first; i < first + more; i++)
                restored.Append(TreeHash.OfLeaf(Vectors.Entry(i)));
            return restored.Size == whole.Size && restored.Root() == whole.Root();
        }, iter: 100);

    [Fact]
    public void Refuses_a_frontier_that_does_not_fit_its_size()
    {
        Assert.Throws<ArgumentException>(() => CompactRange.From(3, [TreeHash.EmptyTree]));
        Assert.Throws<ArgumentException>(() => CompactRange.FromBytes(new byte[41]));
    }

    private static TreeHash ByDefinition(ReadOnlySpan<TreeHash> leaves)
    {
        if (leaves.Length == 0)
            return TreeHash.EmptyTree;
        if (leaves.Length == 1)
            return leaves[0];
        var k = 1;
        while (k * 2 < leaves.Length)
            k *= 2;
        return TreeHash.OfNode(ByDefinition(leaves[..k]), ByDefinition(leaves[k..]));
    }
}

public class A_proof
{
    private static readonly MerkleTree Tree = Vectors.Tree(200);

    [Fact]
    public void Of_inclusion_holds_for_every_entry_of_every_size()
    {
        for (var size = 1; size <= 70; size++)
            for (var index = 0; index < size; index++)
                Assert.True(Proof.IncludesEntry(Vectors.Entry(index), index, size, Tree.InclusionProof(index, size), Tree.Root(size)));
    }

    [Fact]
    public void Of_consistency_holds_for_every_pair_of_sizes()
    {
        for (var later = 0; later <= 70; later++)
            for (var earlier = 0; earlier <= later; earlier++)
                Assert.True(Proof.IsConsistent(earlier, Tree.Root(earlier), later, Tree.Root(later), Tree.ConsistencyProof(earlier, later)));
    }

    [Fact]
    public void Of_inclusion_fails_for_another_entry_index_size_root_or_path() =>
        Gen.Select(Gen.Int[2, 200], Gen.Int[0, 199], Gen.Int[0, 5], Gen.Int[0, 1000]).Sample((size, at, change, pick) =>
        {
            var index = at % size;
            var path = Tree.InclusionProof(index, size).ToList();
            var leaf = TreeHash.OfLeaf(Vectors.Entry(index));
            var root = Tree.Root(size);
            var other = TreeHash.OfLeaf([42]);
            return !(change switch
            {
                0 => Proof.IncludesLeaf(other, index, size, path, root),
                1 => Proof.IncludesLeaf(leaf, index ^ 1, size, path, root) && (index ^ 1) < size,
                2 => Proof.IncludesLeaf(leaf, index, size, path, other),
                3 => Proof.IncludesLeaf(leaf, index, size, [.. path, other], root),
                4 => Proof.IncludesLeaf(leaf, index, size, path[..^1], root),
                _ => Proof.IncludesLeaf(leaf, index, size, [.. path.Select((h, i) => i == pick % path.Count ? other : h)], root),
            });
        }, iter: 2000);

    [Fact]
    public void Of_consistency_fails_for_another_root_or_path() =>
        Gen.Select(Gen.Int[2, 200], Gen.Int[0, 199], Gen.Int[0, 4], Gen.Int[0, 1000]).Sample((later, at, change, pick) =>
        {
            var earlier = 1 + (at % (later - 1));
            var path = Tree.ConsistencyProof(earlier, later).ToList();
            var (first, second) = (Tree.Root(earlier), Tree.Root(later));
            var other = TreeHash.OfLeaf([42]);
            return !(change switch
            {
                0 => Proof.IsConsistent(earlier, other, later, second, path),
                1 => Proof.IsConsistent(earlier, first, later, other, path),
                2 => Proof.IsConsistent(earlier, first, later, second, [.. path, other]),
                3 => Proof.IsConsistent(earlier, first, later, second, path[..^1]),
                _ => Proof.IsConsistent(earlier, first, later, second, [.. path.Select((h, i) => i == pick % path.Count ? other : h)]),
            });
        }, iter: 2000);

    [Fact]
    public void Answers_no_to_impossible_positions()
    {
        Assert.False(Proof.IncludesEntry([], -1, 3, [], TreeHash.EmptyTree));
        Assert.False(Proof.IncludesEntry([], 3, 3, [], TreeHash.EmptyTree));
        Assert.False(Proof.IsConsistent(5, TreeHash.EmptyTree, 4, TreeHash.EmptyTree, []));
        Assert.False(Proof.IsConsistent(0, TreeHash.OfLeaf([]), 4, Tree.Root(4), []));
    }
}
