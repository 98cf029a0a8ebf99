using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amana.Domain.Shared;

/// <summary>A value about a person that must not slip out: it prints <c>[withheld]</c> and refuses to be written as JSON.
/// <see cref="Reveal"/> is the only way in, so every reading place can be found.</summary>
[JsonConverter(typeof(SensitiveJson))]
public sealed class Sensitive<T>(T value)
{
    private readonly T _value = value;

    public T Reveal() => _value;

    public override string ToString() => "[withheld]";
}

/// <summary>Refuses to read or write sensitive values: nothing of a person leaves by serialisation unawares.</summary>
public sealed class SensitiveJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Sensitive<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Refusing<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Refusing<T> : JsonConverter<Sensitive<T>>
    {
        public override Sensitive<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new InvalidOperationException("A sensitive value is never read from JSON.");

        public override void Write(Utf8JsonWriter writer, Sensitive<T> value, JsonSerializerOptions options) =>
            throw new InvalidOperationException("A sensitive value is never written as JSON.");
    }
}
