using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Amana.Migrations.PostgreSql;

/// <summary>Lets the tools that write migrations see the model as this database stores it.</summary>
public sealed class DesignTime : IDesignTimeDbContextFactory<AmanaDb>
{
    public AmanaDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<AmanaDb>();
        House.Use(options, new Store(Path.GetTempPath(), "Host=127.0.0.1"));
        return new AmanaDb(options.Options);
    }
}
