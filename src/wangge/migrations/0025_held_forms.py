from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('wangge', '0024_chat_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='receivedform',
            name='settled_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='receivedform',
            name='settled_post',
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name='receivedform',
            name='state',
            field=models.CharField(choices=[('received', 'Received'), ('recorded', 'Recorded'), ('held', 'Held'), ('aside', 'Aside')], default='received', max_length=8),
        ),
    ]
