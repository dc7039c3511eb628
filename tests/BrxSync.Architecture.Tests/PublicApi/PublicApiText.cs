using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace BrxSync.Architecture.Tests.PublicApi;

/// <summary>Writes what a package offers as text: one block a type, one line a member, in ordinal order.</summary>
internal static class PublicApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> RecordMembers = new(StringComparer.Ordinal)
    {
        "Equals", "GetHashCode", "ToString", "PrintMembers", "EqualityContract", "<Clone>$", "op_Equality", "op_Inequality",
    };

    public static string Of(Assembly assembly) =>
        string.Join("\n", assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).Select(Of));

    public static string Of(Type type)
    {
        var text = new StringBuilder();
        text.Append(TypeLine(type)).Append('\n');
        foreach (var line in Members(type).Order(StringComparer.Ordinal))
        {
            text.Append("    ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", Declared) is not null;

    private static string TypeLine(Type type)
    {
        var name = TypeText.Name(type, full: true);
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"public delegate {TypeText.Returned(invoke)} {name}({Parameters(invoke)})";
        }

        var contracts = type.GetInterfaces()
            .Where(contract => !(type.BaseType?.GetInterfaces().Contains(contract) ?? false))
            .Where(contract => !(IsRecord(type) && contract.Name.StartsWith("IEquatable", StringComparison.Ordinal)))
            .Select(contract => TypeText.Name(contract));
        var parents = (type is { IsClass: true, BaseType: { } parent } && parent != typeof(object)
            ? [TypeText.Name(parent)]
            : Array.Empty<string>())
            .Concat(contracts.Order(StringComparer.Ordinal))
            .ToList();
        var bases = type.IsEnum || parents.Count == 0 ? "" : " : " + string.Join(", ", parents);
        return $"public {Kind(type)} {name}{bases}{Constraints(type.GetGenericArguments())}";
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
        {
            return "enum";
        }

        if (type.IsInterface)
        {
            return "interface";
        }

        var record = IsRecord(type) ? "record" : "";
        if (type.IsValueType)
        {
            var readOnly = type.IsDefined(typeof(IsReadOnlyAttribute), inherit: false) ? "readonly " : "";
            return readOnly + (record.Length > 0 ? "record struct" : "struct");
        }

        var form = (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static ",
            (true, false) => "abstract ",
            (false, true) => "sealed ",
            _ => "",
        };
        return form + (record.Length > 0 ? record : "class");
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [];
        }

        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), null)}");
        }

        var record = IsRecord(type);
        return type.GetMembers(Declared)
            .Where(member => !(record && RecordMembers.Contains(member.Name)) && !member.Name.Contains('<', StringComparison.Ordinal))
            .Select(member => Obsolete(member) + member switch
            {
                ConstructorInfo constructor when IsVisible(constructor) && !IsCopy(constructor, record) =>
                    $"{Protection(constructor)}{type.Name.Split('`')[0]}({Parameters(constructor)})",
                FieldInfo field when IsVisible(field) => Field(field),
                PropertyInfo property => Property(property),
                EventInfo @event when IsVisible(@event.AddMethod!) => $"event {TypeText.Name(@event.EventHandlerType!)} {@event.Name}",
                MethodInfo method when IsVisible(method)
                    && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) => Method(method),
                _ => "",
            })
            .Where(line => line.Length > 0);
    }

    // The compiler marks the constructors of types with required members, for compilers that do not know them.
    private static string Obsolete(MemberInfo member) =>
        member.IsDefined(typeof(ObsoleteAttribute)) && !member.IsDefined(typeof(CompilerFeatureRequiredAttribute)) ? "[Obsolete] " : "";

    private static bool IsVisible(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    private static bool IsVisible(FieldInfo field) =>
        field.IsPublic || ((field.IsFamily || field.IsFamilyOrAssembly) && !field.DeclaringType!.IsSealed);

    private static bool IsCopy(ConstructorInfo constructor, bool record) =>
        record && constructor.GetParameters() is [{ } only] && only.ParameterType == constructor.DeclaringType;

    private static string Protection(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Field(FieldInfo field)
    {
        var type = TypeText.Of(field);
        return field.IsLiteral
            ? $"const {type} {field.Name} = {Literal(field.GetRawConstantValue())}"
            : $"{(field.IsPublic ? "" : "protected ")}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}"
                + $"{type} {field.Name}";
    }

    private static string Property(PropertyInfo property)
    {
        var getter = property.GetMethod is { } get && IsVisible(get) ? get : null;
        var setter = property.SetMethod is { } set && IsVisible(set) ? set : null;
        if ((getter ?? setter) is not { } shown)
        {
            return "";
        }

        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var init = setter?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true ? "init" : "set";
        var accessors = (getter is null ? "" : "get; ") + (setter is null ? "" : $"{Protection(setter)}{init}; ");
        var indexes = property.GetIndexParameters();
        var name = indexes.Length == 0 ? property.Name : $"this[{string.Join(", ", indexes.Select(Parameter))}]";
        return $"{Protection(shown)}{Modifiers(shown)}{required}{TypeText.Of(property)} {name} {{ {accessors}}}";
    }

    private static string Method(MethodInfo method) =>
        $"{Protection(method)}{Modifiers(method)}{TypeText.Returned(method)} {method.Name}{TypeText.GenericParameters(method)}({Parameters(method)})"
        + Constraints(method.IsGenericMethod ? method.GetGenericArguments() : []);

    private static string Modifiers(MethodInfo method)
    {
        if (method.DeclaringType!.IsInterface)
        {
            return method.IsStatic ? "static " : "";
        }

        if (method.IsStatic)
        {
            return "static ";
        }

        return method switch
        {
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true } when method.GetBaseDefinition() != method => "override ",
            { IsVirtual: true, IsFinal: false } when !method.DeclaringType.IsSealed => "virtual ",
            _ => "",
        };
    }

    private static string Parameters(MethodBase method)
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return extension + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var mode = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        var value = parameter.HasDefaultValue ? " = " + Default(parameter) : "";
        return $"{mode}{TypeText.Of(parameter)} {parameter.Name}{value}";
    }

    private static string Default(ParameterInfo parameter) =>
        parameter.RawDefaultValue is null
        && parameter.ParameterType.IsValueType
        && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            ? "default"
            : Literal(parameter.RawDefaultValue);

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Constraints(Type[] parameters)
    {
        var text = new StringBuilder();
        foreach (var parameter in parameters.Where(parameter => parameter.IsGenericParameter))
        {
            var attributes = parameter.GenericParameterAttributes;
            var parts = new List<string>();
            if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            {
                parts.Add("class");
            }

            if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
            {
                parts.Add("struct");
            }

            parts.AddRange(
                parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(type => TypeText.Name(type)));
            if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !parts.Contains("struct"))
            {
                parts.Add("new()");
            }

            if (parts.Count > 0)
            {
                text.Append($" where {parameter.Name} : {string.Join(", ", parts)}");
            }
        }

        return text.ToString();
    }
}
