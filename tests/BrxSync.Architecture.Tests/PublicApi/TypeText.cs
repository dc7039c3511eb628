using System.Reflection;

namespace BrxSync.Architecture.Tests.PublicApi;

/// <summary>Writes types as C# does, nullable annotations included.</summary>
internal static class TypeText
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(ParameterInfo parameter) => Annotated(parameter.ParameterType, Nullability.Create(parameter));

    public static string Of(PropertyInfo property) => Annotated(property.PropertyType, Nullability.Create(property));

    public static string Of(FieldInfo field) => Annotated(field.FieldType, Nullability.Create(field));

    public static string Returned(MethodInfo method) => Annotated(method.ReturnType, Nullability.Create(method.ReturnParameter));

    public static string GenericParameters(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    public static string Name(Type type, bool full = false)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value) + "?";
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        return Outer(type, full) + Arguments(type, type.GetGenericArguments().Select(argument => Name(argument)));
    }

    private static string Annotated(Type type, NullabilityInfo info)
    {
        if (type.IsByRef)
        {
            return Annotated(type.GetElementType()!, info);
        }

        if (Nullable.GetUnderlyingType(type) is not null)
        {
            return Name(type);
        }

        var mark = !type.IsValueType
            && !type.IsGenericParameter
            && (info.ReadState == NullabilityState.Nullable || info.WriteState == NullabilityState.Nullable) ? "?" : "";
        if (type.IsArray)
        {
            return Annotated(type.GetElementType()!, info.ElementType!) + "[]" + mark;
        }

        if (type.IsConstructedGenericType)
        {
            var arguments = type.GetGenericArguments();
            return Outer(type, full: false)
                + Arguments(type, arguments.Select((argument, index) =>
                    index < info.GenericTypeArguments.Length ? Annotated(argument, info.GenericTypeArguments[index]) : Name(argument)))
                + mark;
        }

        return Name(type) + mark;
    }

    private static string Outer(Type type, bool full)
    {
        var name = type.Name.Split('`')[0];
        if (type.DeclaringType is { } declaring)
        {
            return Outer(declaring, full) + "." + name;
        }

        return full ? type.Namespace + "." + name : name;
    }

    private static string Arguments(Type type, IEnumerable<string> arguments) =>
        type.IsGenericType ? $"<{string.Join(", ", arguments)}>" : "";
}
